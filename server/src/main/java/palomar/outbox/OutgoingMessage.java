package palomar.outbox;

import java.time.Instant;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.smtp.client.Envelope;

/// A message to send.
///
/// @param key names the act of sending, not the message: the same key again sends nothing. Say a hash of user,
///     message and action. Any text of up to 512 characters; it is kept as a hash. Empty: the same may go out
///     twice
/// @param content the message with CRLF line ends (what has other ones is sent as it is and mended on the wire)
/// @param notBefore when to send it at the earliest; empty: at once
public record OutgoingMessage(String key, Envelope envelope, ByteSource content, Optional<Instant> notBefore) {
    private static final int LONGEST_KEY = 512;

    public OutgoingMessage {
        if (key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("a key of " + key.length() + " characters");
        }
    }

    /// To be sent at once.
    public static OutgoingMessage of(String key, Envelope envelope, ByteSource content) {
        return new OutgoingMessage(key, envelope, content, Optional.empty());
    }
}
