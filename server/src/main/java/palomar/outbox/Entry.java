package palomar.outbox;

import java.time.Instant;
import java.util.Optional;
import palomar.smtp.client.ContentFacts;
import palomar.smtp.client.Envelope;

/// What never changes of a message in the spool.
///
/// @param size of the content in bytes
record Entry(
        String id,
        Instant created,
        Optional<Instant> notBefore,
        Optional<Key> key,
        Envelope envelope,
        ContentFacts facts,
        long size) {}
