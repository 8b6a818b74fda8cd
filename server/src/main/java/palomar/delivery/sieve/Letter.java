package palomar.delivery.sieve;

import java.time.Instant;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.sieve.Envelope;
import palomar.storage.StagedMessage;

/// A message on its way to one user. Immutable; readable until the delivery is over.
///
/// @param content what scripts see: `head`, and the message behind it
/// @param staged the message without `head`, where it is staged already
/// @param head lines that stand before the message for this user only, or none
/// @param refusable a reject may be answered in the protocol; else by a message
/// @param received becomes the internal date of copies
public record Letter(
        ByteSource content,
        Optional<StagedMessage> staged,
        byte[] head,
        Envelope envelope,
        boolean refusable,
        Instant received) {

    /// A message that nobody waits for, without lines before it.
    public static Letter of(ByteSource content, Envelope envelope, Instant received) {
        return new Letter(content, Optional.empty(), new byte[0], envelope, false, received);
    }
}
