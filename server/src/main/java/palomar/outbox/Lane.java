package palomar.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;

/// What goes one way, and how that is now: a relay that is down does not keep the other way waiting. Guarded by
/// the outbox's lock.
final class Lane {
    final Way way;
    int running;

    private @Nullable Route route;
    private int troubles;
    private Instant pausedUntil = Instant.MIN;
    private String lastTrouble = "";

    Lane(Way way) {
        this.way = way;
    }

    /// Returns the former route when the caller must close its transport, outside the lock.
    Optional<Route> become(Route next) {
        Route before = route;
        route = next;
        troubles = 0;
        pausedUntil = Instant.MIN;
        return before != null && before.retire() ? Optional.of(before) : Optional.empty();
    }

    @Nullable
    Route route() {
        return route;
    }

    /// The route, when it has a place for one more now.
    @Nullable
    Route free(Instant now) {
        Route current = route;
        if (current == null || now.isBefore(pausedUntil)) {
            return null;
        }
        int width = troubles > 0 ? 1 : current.transport().width();
        return running < width ? current : null;
    }

    /// How long there is nothing to do.
    ///
    /// @param due when the first that goes this way is
    Duration untilNext(Instant now, Optional<Instant> due, Duration longest) {
        Instant wake = due.orElse(Instant.MAX);
        if (wake.isBefore(pausedUntil)) {
            wake = pausedUntil;
        }
        boolean full = running > 0 && !wake.isAfter(now); // whoever ends wakes us
        if (route == null || full || wake.isAfter(now.plus(longest))) {
            return longest;
        }
        Duration left = Duration.between(now, wake);
        return left.isNegative() ? Duration.ZERO : left.plusMillis(1);
    }

    void hurry() {
        pausedUntil = Instant.MIN;
    }

    /// After an attempt.
    void health(Optional<String> trouble, Instant now, int waiting, Event event) {
        Route current = route;
        if (current == null) {
            return;
        }
        String where = current.transport().where();
        if (trouble.isEmpty()) {
            if (troubles > 0) {
                event.info("relay.up", "the relay takes mail again", "relay", where);
            }
            troubles = 0;
            pausedUntil = Instant.MIN;
            return;
        }
        // Several at once fail for one reason.
        if (!now.isBefore(pausedUntil)) {
            troubles++;
            pausedUntil = now.plus(current.settings().pause(troubles));
            lastTrouble = trouble.get();
            event.warn(
                    "relay.down",
                    "nothing can be sent for now, mail waits",
                    "relay",
                    where,
                    "cause",
                    lastTrouble,
                    "again",
                    pausedUntil,
                    "waiting",
                    waiting);
        }
    }

    Optional<String> trouble() {
        return troubles > 0 ? Optional.of(lastTrouble + " (again at " + pausedUntil + ")") : Optional.empty();
    }
}
