package palomar.delivery.sieve;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import palomar.event.Event;
import palomar.outbox.Outbox;
import palomar.storage.Staging;

/// What carrying out results takes, the same for all users. Safe for many threads.
///
/// @param staging takes in a message that is to be stored
/// @param outbox for all that leaves the house
/// @param random for ids and boundaries; safe for many threads
/// @param host our name in ids and reports
/// @param postmaster a bare address: who reports and rejections are from
/// @param allowance how much a user may send
public record Surroundings(
        Supplier<Staging> staging,
        Outbox outbox,
        Programs programs,
        InstantSource clock,
        ZoneId zone,
        RandomGenerator random,
        String host,
        String postmaster,
        Allowance allowance,
        Event event) {

    String messageId() {
        return "<" + token() + "@" + host + ">";
    }

    /// Letters and digits that nobody has seen before.
    String token() {
        return Long.toString(clock.millis(), 36) + "." + Long.toUnsignedString(random.nextLong(), 36);
    }

    /// For a boundary: letters and digits only.
    String boundary() {
        return "palomar" + Long.toUnsignedString(random.nextLong(), 36) + Long.toUnsignedString(random.nextLong(), 36);
    }
}
