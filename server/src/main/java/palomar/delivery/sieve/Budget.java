package palomar.delivery.sieve;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// How much time the scripts of one user have used lately: who goes beyond it runs no script until the period is
/// over, and his mail is kept. In memory; safe for many threads.
final class Budget {
    private static final int TIDY_AT = 10_000;

    private final InstantSource clock;
    private final Map<String, Used> used = new HashMap<>();

    private static final class Used {
        private final long until;
        private long nanos;

        private Used(long until) {
            this.until = until;
        }
    }

    Budget(InstantSource clock) {
        this.clock = clock;
    }

    /// @param most in one period; zero: no limit
    boolean isSpent(String user, Duration most) {
        synchronized (used) {
            Used so = used.get(user);
            return so != null && !most.isZero() && so.until > clock.millis() && so.nanos >= most.toNanos();
        }
    }

    void spend(String user, long nanos, Duration period) {
        long now = clock.millis();
        synchronized (used) {
            if (used.size() > TIDY_AT) {
                used.values().removeIf(each -> each.until <= now);
            }
            used.merge(user, new Used(now + period.toMillis()), (old, fresh) -> old.until <= now ? fresh : old).nanos +=
                    nanos;
        }
    }
}
