package palomar.server.command;

import java.nio.file.Path;

/// A user's own folders, by the XDG base directory rules.
final class UserFolders {
    private UserFolders() {}

    static Path config() {
        return folder("XDG_CONFIG_HOME", ".config");
    }

    static Path state() {
        return folder("XDG_STATE_HOME", ".local/state");
    }

    private static Path folder(String variable, String otherwise) {
        String set = System.getenv(variable);
        return set != null && set.startsWith("/") ? Path.of(set) : Path.of(System.getProperty("user.home"), otherwise);
    }
}
