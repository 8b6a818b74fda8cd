package palomar.server;

import java.nio.file.Path;
import palomar.config.PalomarSettings;
import palomar.config.PassDbSettings;

/// The passwd-file that `palomar user` edits.
public final class UsersFile {
    private UsersFile() {}

    /// The first passwd-file among the passdbs; `users` in the data directory when none is configured.
    public static Path of(PalomarSettings settings) {
        for (PassDbSettings passdb : settings.auth().passdb()) {
            if (passdb.path().isPresent()) {
                return passdb.path().get();
            }
        }
        if (settings.auth().passdb().isEmpty()) {
            return settings.server().data().resolve("users");
        }
        throw new Refused(ExitCode.CONFIG, "the configuration has no passwd-file: its users are not Palomar's to edit");
    }
}
