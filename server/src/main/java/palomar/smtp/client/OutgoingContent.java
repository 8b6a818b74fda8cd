package palomar.smtp.client;

import java.io.IOException;
import palomar.bytes.ByteSource;

/// A message with what is known of it.
public record OutgoingContent(ByteSource source, ContentFacts facts) {
    /// Looks into the message.
    public static OutgoingContent of(ByteSource source) throws IOException {
        return new OutgoingContent(source, ContentFacts.of(source));
    }
}
