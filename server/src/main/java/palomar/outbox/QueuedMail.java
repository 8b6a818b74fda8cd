package palomar.outbox;

import java.time.Instant;

/// A message that waits, for the operator.
///
/// @param recipients how many it was enqueued for
/// @param firstRecipient the address of the first
/// @param next when it is tried again
public record QueuedMail(
        String id,
        Instant created,
        long size,
        String sender,
        String firstRecipient,
        int recipients,
        int attempts,
        Instant next,
        boolean held,
        boolean sending) {}
