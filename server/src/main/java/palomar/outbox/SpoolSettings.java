package palomar.outbox;

import java.nio.file.Path;
import java.time.Duration;

/// Where outgoing mail waits and how much of it.
///
/// @param folder of its own; made when it is missing
/// @param mostMessages waiting at once; then new ones are refused
/// @param mostBytes of one message
/// @param mostRecipients of one message
/// @param spare bytes that must stay free on the disk; when less is, new mail is refused
/// @param remember how long a key is known after its message left
public record SpoolSettings(
        Path folder, int mostMessages, long mostBytes, int mostRecipients, long spare, Duration remember) {

    public static SpoolSettings of(Path folder) {
        return new SpoolSettings(folder, 50_000, 256L << 20, 10_000, 64L << 20, Duration.ofDays(7));
    }
}
