package palomar.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// `[[auth.passdb]]`
public record PassDbSettings(
        @Setting(
                doc =
                        "\"passwd-file\": lines user:password:uid:gid:gecos:home:shell:extra. \"static\": one password for"
                                + " everybody.",
                value = "passwd-file")
        AuthSection.Driver driver,

        @Setting(doc = "The file (passwd-file).") Optional<Path> path,

        @Setting(doc = "The scheme of passwords without a {SCHEME} prefix (passwd-file).", value = "CRYPT")
        String defaultScheme,

        @Setting(
                doc = "Which part of a user's name stands in the file, with variables (passwd-file).",
                value = "%{user}")
        String userFormat,

        @Setting(doc = "The password of everybody, with its {SCHEME} (static).", secret = true)
        Optional<String> password,

        @Setting(doc = "When it is not asked: after a success, or as long as there is none.", value = "never")
        Skip skip,

        @Setting(doc = "Whoever is found in it may not enter, whatever the others say.", value = "false")
        boolean deny,

        @Setting(doc = "What happens when it knows the user and the password is right.", value = "return-ok")
        AuthSection.Rule resultSuccess,

        @Setting(doc = "What happens when it does not know him or the password is wrong.", value = "continue")
        AuthSection.Rule resultFailure,

        @Setting(doc = "What happens when it can't tell.", value = "continue")
        AuthSection.Rule resultInternalFailure,

        @Setting(
                doc =
                        "Fields set after the database's own, with variables; a name that ends in \":default\" gives way.")
        Map<String, String> fields)
        implements Checked {

    /// When a passdb is not asked.
    public enum Skip {
        NEVER,
        AUTHENTICATED,
        UNAUTHENTICATED
    }

    @Override
    public void check(Checker problems) {
        requirePath(driver, path, problems);
        if (driver == AuthSection.Driver.STATIC && password.isEmpty()) {
            problems.wrong("password", "driver \"static\" needs \"password\"");
        }
        if (driver != AuthSection.Driver.STATIC && password.isPresent()) {
            problems.wrong("password", "\"password\" is only known to driver \"static\"");
        }
    }

    static void requirePath(AuthSection.Driver driver, Optional<Path> path, Checker problems) {
        if (driver == AuthSection.Driver.PASSWD_FILE && path.isEmpty()) {
            problems.wrong("path", "driver \"passwd-file\" needs \"path\"");
        }
        if (driver != AuthSection.Driver.PASSWD_FILE && path.isPresent()) {
            problems.wrong("path", "\"path\" is only known to driver \"passwd-file\"");
        }
    }
}
