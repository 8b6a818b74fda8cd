package palomar.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `[auth]`
public record AuthSection(
        @Setting(
                doc =
                        "Password databases, one [[auth.passdb]] each, asked in this order until one decides. Without any: the"
                                + " passwd-file \"users\" in the data directory, which `palomar user` edits.")
                List<PassDbSettings> passdb,
        @Setting(
                doc = "User databases, one [[auth.userdb]] each. Without any: the passwd-file \"users\" in the data directory.")
                List<UserDbSettings> userdb,
        @Setting(
                doc =
                        "Lets clients on other hosts send passwords without TLS. Clients on this host may always.",
                value = "false")
                boolean allowPlaintext,
        @Setting(
                doc = "User names are turned into lower case before anything else sees them.",
                value = "true")
                boolean lowercase,
        @Setting(
                doc = "How long every answer to a failed login waits at least; it grows with each failure of an address.",
                value = "2s",
                min = "0s",
                max = "1m")
                Duration failureDelay,
        @Setting(
                doc = "The longest that an address which keeps failing waits.",
                value = "15s",
                min = "0s",
                max = "5m")
                Duration maxFailureDelay,
        @Setting(doc = "How long a right password is remembered (as a keyed hash).", value = "1h", min = "0s", max = "1d")
                Duration cacheTtl,
        @Setting(doc = "Users in that cache; 0 turns it off.", value = "10000", min = "0", max = "10000000")
                int cacheEntries)
        implements Checked {

    /// Kinds of databases.
    public enum Driver {
        PASSWD_FILE,
        STATIC
    }

    /// `[[auth.passdb]]`
    public record PassDbSettings(
            @Setting(
                    doc = "\"passwd-file\": lines user:password:uid:gid:gecos:home:shell:extra. \"static\": one password for all.",
                    value = "passwd-file")
                    Driver driver,
            @Setting(doc = "The file (passwd-file).") Optional<Path> path,
            @Setting(
                    doc = "The scheme of passwords without a {SCHEME} prefix (passwd-file).",
                    value = "CRYPT")
                    String defaultScheme,
            @Setting(doc = "The password of everybody, with its {SCHEME} (static).", secret = true) Optional<String> password)
            implements Checked {
        @Override
        public void check(Checker problems) {
            requirePath(driver, path, problems);
            if (driver == Driver.STATIC && password.isEmpty()) {
                problems.wrong("password", "driver \"static\" needs \"password\"");
            }
            if (driver != Driver.STATIC && password.isPresent()) {
                problems.wrong("password", "\"password\" is only known to driver \"static\"");
            }
        }
    }

    /// `[[auth.userdb]]`
    public record UserDbSettings(
            @Setting(
                    doc =
                            "\"passwd-file\": the fields of the user's line. \"static\": everybody exists and has the same fields.",
                    value = "passwd-file")
                    Driver driver,
            @Setting(doc = "The file (passwd-file).") Optional<Path> path,
            @Setting(doc = "Fields of everybody (static).") Map<String, String> fields)
            implements Checked {
        @Override
        public void check(Checker problems) {
            requirePath(driver, path, problems);
            if (driver != Driver.STATIC && !fields.isEmpty()) {
                problems.wrong("fields", "\"fields\" is only known to driver \"static\"");
            }
        }
    }

    private static void requirePath(Driver driver, Optional<Path> path, Checker problems) {
        if (driver == Driver.PASSWD_FILE && path.isEmpty()) {
            problems.wrong("path", "driver \"passwd-file\" needs \"path\"");
        }
        if (driver != Driver.PASSWD_FILE && path.isPresent()) {
            problems.wrong("path", "\"path\" is only known to driver \"passwd-file\"");
        }
    }

    @Override
    public void check(Checker problems) {
        if (maxFailureDelay.compareTo(failureDelay) < 0) {
            problems.wrong("max_failure_delay", "\"max_failure_delay\" is shorter than \"failure_delay\"");
        }
        if (passdb.isEmpty() != userdb.isEmpty()) {
            String key = passdb.isEmpty() ? "userdb" : "passdb";
            problems.wrong(key, "\"passdb\" and \"userdb\" come together: only [[auth." + key + "]] is there");
        }
    }
}
