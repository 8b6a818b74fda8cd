package palomar.auth;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import palomar.password.ScramHash;

/// A passdb of a few lines of `name -> answer`. Counts how often it was asked.
final class FakePassDb implements PassDb {
    private final String name;
    private final Map<String, PassAnswer> answers = new HashMap<>();
    private Set<ScramHash> hashes = Set.of();
    int asked;

    FakePassDb(String name) {
        this.name = name;
    }

    FakePassDb stored(String user, String password, Map<String, String> fields) {
        return with(user, new PassAnswer.Stored(password.getBytes(StandardCharsets.UTF_8), "PLAIN", fields));
    }

    FakePassDb with(String user, PassAnswer answer) {
        answers.put(user, answer);
        return this;
    }

    FakePassDb canScram(Set<ScramHash> all) {
        hashes = all;
        return this;
    }

    @Override
    public Set<ScramHash> scram() {
        return hashes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PassAnswer find(UserQuery query) {
        asked++;
        return answers.getOrDefault(query.user(), new PassAnswer.Unknown());
    }
}
