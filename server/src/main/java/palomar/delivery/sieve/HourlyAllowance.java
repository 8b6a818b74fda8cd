package palomar.delivery.sieve;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// So many an hour for each user, counted in memory from the first one on. Safe for many threads.
final class HourlyAllowance implements Allowance {
    private static final long HOUR = 3_600_000;
    private static final int TIDY_AT = 10_000;

    private final InstantSource clock;
    private final int redirects;
    private final int replies;
    private final Map<String, Count> counts = new HashMap<>();

    private static final class Count {
        private final long until;
        private int used;

        private Count(long until) {
            this.until = until;
        }
    }

    /// @param redirects an hour; 0: as many as there are
    /// @param replies and notifications an hour; 0: as many as there are
    HourlyAllowance(InstantSource clock, int redirects, int replies) {
        this.clock = clock;
        this.redirects = redirects;
        this.replies = replies;
    }

    @Override
    public boolean admits(String user, Kind kind) {
        int most = kind == Kind.REDIRECT ? redirects : replies;
        if (most == 0) {
            return true;
        }
        long now = clock.millis();
        synchronized (counts) {
            if (counts.size() > TIDY_AT) {
                counts.values().removeIf(count -> count.until <= now);
            }
            Count count = counts.merge(
                    kind + " " + user, new Count(now + HOUR), (old, fresh) -> old.until <= now ? fresh : old);
            if (count.used >= most) {
                return false;
            }
            count.used++;
            return true;
        }
    }
}
