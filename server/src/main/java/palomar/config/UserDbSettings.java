package palomar.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// `[[auth.userdb]]`
public record UserDbSettings(
        @Setting(
                doc = "\"passwd-file\": the fields of the user's line. \"static\": everybody has the same fields.",
                value = "passwd-file")
        AuthSection.Driver driver,

        @Setting(doc = "The file (passwd-file).") Optional<Path> path,

        @Setting(
                doc = "Which part of a user's name stands in the file, with variables (passwd-file).",
                value = "%{user}")
        String userFormat,

        @Setting(
                doc = "Takes mail for every name (static). Otherwise a name must be known to some passdb to get mail.",
                value = "false")
        boolean allowAllUsers,

        @Setting(doc = "When it is not asked: once he was found, or as long as he was not.", value = "never")
        Skip skip,

        @Setting(doc = "What happens when it knows the user.", value = "return-ok")
        AuthSection.Rule resultSuccess,

        @Setting(doc = "What happens when it does not know him.", value = "continue")
        AuthSection.Rule resultFailure,

        @Setting(doc = "What happens when it can't tell.", value = "continue")
        AuthSection.Rule resultInternalFailure,

        @Setting(
                doc =
                        "Fields set after the database's own, with variables; a name that ends in \":default\" gives way.")
        Map<String, String> fields)
        implements Checked {

    /// When a userdb is not asked.
    public enum Skip {
        NEVER,
        FOUND,
        NOTFOUND
    }

    @Override
    public void check(Checker problems) {
        PassDbSettings.requirePath(driver, path, problems);
        if (driver != AuthSection.Driver.STATIC && allowAllUsers) {
            problems.wrong("allow_all_users", "\"allow_all_users\" is only known to driver \"static\"");
        }
    }
}
