package palomar.auth.passwdfile;

import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import palomar.auth.PassAnswer;
import palomar.auth.PassDb;
import palomar.auth.StoredSecrets;
import palomar.auth.UserQuery;
import palomar.auth.Variables;
import palomar.password.ScramHash;

/// A passwd-file that says who may enter. Safe for many threads.
public final class PasswdFilePassDb implements PassDb {
    private final PasswdFile file;
    private final Variables format;
    private volatile @Nullable Known known;

    private record Known(PasswdTable table, Set<ScramHash> hashes) {}

    public PasswdFilePassDb(PasswdFile file) {
        this.file = file;
        this.format = Variables.of(file.settings().userFormat());
    }

    @Override
    public String name() {
        return "passwd-file " + file.settings().path();
    }

    @Override
    public PassAnswer find(UserQuery query) {
        try {
            Optional<PasswdLine> line = file.find(format.fill(query));
            if (line.isEmpty()) {
                return new PassAnswer.Unknown();
            }
            Map<String, String> fields = filled(line.get().extra(), query);
            return new PassAnswer.Stored(line.get().password(), file.settings().defaultScheme(), fields);
        } catch (IOException e) {
            return new PassAnswer.Unavailable(String.valueOf(e.getMessage()), null);
        } catch (IllegalArgumentException e) {
            return new PassAnswer.Unavailable("extra fields of the user: " + e.getMessage(), null);
        }
    }

    /// Looks at each line once a version of the file.
    @Override
    public Set<ScramHash> scram() {
        try {
            PasswdTable table = file.table();
            Known last = known;
            if (last == null || last.table != table) {
                last = new Known(table, scram(table));
                known = last;
            }
            return last.hashes;
        } catch (IOException e) {
            return Set.of();
        }
    }

    private Set<ScramHash> scram(PasswdTable table) {
        if (table.users() == 0) {
            return Set.of();
        }
        Set<ScramHash> all = EnumSet.allOf(ScramHash.class);
        table.forEachLine(line -> {
            if (!all.isEmpty()) {
                all.retainAll(
                        StoredSecrets.hashes(line.password(), file.settings().defaultScheme(), line.extra()));
            }
        });
        return Set.copyOf(all);
    }

    /// Extra fields with their variables filled in.
    ///
    /// Throws IllegalArgumentException for a variable that does not exist
    static Map<String, String> filled(Map<String, String> extra, UserQuery query) {
        Map<String, String> filled = new LinkedHashMap<>();
        extra.forEach((name, value) -> filled.put(
                name, value.indexOf('%') < 0 ? value : Variables.of(value).fill(query)));
        return filled;
    }
}
