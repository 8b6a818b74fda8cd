package palomar.auth;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// A passdb of a few lines of `name -> answer`. Counts how often it was asked.
final class FakePassDb implements PassDb {
    private final String name;
    private final Map<String, PassAnswer> answers = new HashMap<>();
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
