package palomar.auth.passwdfile;

import java.nio.file.Path;
import palomar.auth.Variables;
import palomar.password.Schemes;

/// Where a passwd-file is and how it is read.
///
/// @param defaultScheme of passwords that name none
/// @param userFormat which part of a user's name stands in the file, with [Variables]: `%{user}`, or `%{user |
///     username}` for names without domain
public record PasswdFileSettings(Path path, String defaultScheme, String userFormat) {
    /// With Dovecot's defaults.
    public PasswdFileSettings(Path path) {
        this(path, "CRYPT", "%{user}");
    }

    public PasswdFileSettings {
        Variables.of(userFormat);
        if (!Schemes.names().contains(defaultScheme)) {
            throw new IllegalArgumentException(
                    "unknown password scheme '" + defaultScheme + "'; known: " + Schemes.names());
        }
    }
}
