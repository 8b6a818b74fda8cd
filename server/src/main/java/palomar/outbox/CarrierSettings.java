package palomar.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How patient we are, and in whose name we report.
///
/// @param firstRetry after the first temporary failure; then twice as long each time
/// @param longestRetry but never longer than this
/// @param lifetime after which a message comes back as undeliverable
/// @param warnAfter tells the sender once that it is late; empty: never
/// @param host the name of this host in reports
/// @param postmaster the address that reports come from
public record CarrierSettings(
        Duration firstRetry,
        Duration longestRetry,
        Duration lifetime,
        Optional<Duration> warnAfter,
        String host,
        String postmaster) {

    /// A relay that is down is looked at at least so often.
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    public static CarrierSettings usual(String host) {
        return new CarrierSettings(
                Duration.ofMinutes(1),
                Duration.ofHours(4),
                Duration.ofDays(5),
                Optional.empty(),
                host,
                "postmaster@" + host);
    }

    /// When to try a message again. A tenth of the delay hangs on the message, so that not all come at once.
    Instant retry(Instant now, int attempts, String id) {
        Duration delay = grown(longestRetry, attempts);
        long spread = Math.max(1, delay.toMillis() / 10);
        return now.plus(delay).plusMillis(Math.floorMod(id.hashCode(), spread));
    }

    /// How long a relay that could not be used is left alone.
    Duration pause(int failures) {
        return grown(LONGEST_PAUSE.compareTo(longestRetry) < 0 ? LONGEST_PAUSE : longestRetry, failures);
    }

    private Duration grown(Duration longest, int times) {
        Duration delay = firstRetry;
        for (int i = 1; i < times && delay.compareTo(longest) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
