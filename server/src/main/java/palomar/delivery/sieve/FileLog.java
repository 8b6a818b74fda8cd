package palomar.delivery.sieve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import palomar.event.Event;
import palomar.sieve.Host;

/// The lines about a user's scripts in a file beside them, as Pigeonhole has it; a full one is kept once more as
/// `NAME.0`. Safe for many threads.
final class FileLog implements ScriptLog {
    private static final long MOST = 64 << 10;

    private final Path file;
    private final InstantSource clock;
    private final Event event;

    FileLog(Path file, InstantSource clock, Event event) {
        this.file = file;
        this.clock = clock;
        this.event = event;
    }

    @Override
    public void say(Host.LogLevel level, String text) {
        event.debug("sieve.log", text, "level", level);
        if (level == Host.LogLevel.DEBUG) {
            return;
        }
        try {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) > MOST) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".0"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.writeString(
                    file,
                    StoredLog.line(clock, level, text),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (IOException failed) {
            event.warn("sieve.log", "a line could not be written to the user's log", "file", file, "cause", failed);
        }
    }
}
