package palomar.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// `[log]`
public record LogSection(
        @Setting(doc = "The least important events that are logged.", value = "info")
        Level level,

        @Setting(
                doc =
                        "Other levels for events by name: imap = \"debug\" also covers imap.login; the longest name that fits"
                                + " counts.")
        Map<String, Level> levels,

        @Setting(doc = "\"text\" for people, \"json\" (one object a line) for machines.", value = "text")
        Format format,

        @Setting(
                doc =
                        "A file to append to; it is opened anew by `palomar reload` (for log rotation). Default: standard error.")
        Optional<Path> file) {

    /// How important an event is.
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /// How a log line looks.
    public enum Format {
        TEXT,
        JSON
    }
}
