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

    /// What the shell calls home; Java's own idea of it is the password database's.
    private static String home() {
        String home = System.getenv("HOME");
        return home != null && home.startsWith("/") ? home : System.getProperty("user.home", "/");
    }

    private static Path folder(String variable, String otherwise) {
        String set = System.getenv(variable);
        return set != null && set.startsWith("/") ? Path.of(set) : Path.of(home(), otherwise);
    }
}
