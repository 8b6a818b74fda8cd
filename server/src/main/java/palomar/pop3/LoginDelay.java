package palomar.pop3;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// When users were here last, so that they don't come too often. Safe for many threads; forgets whom it need not
/// know any more. RFC 2449 6.5
final class LoginDelay {
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Long> last = new ConcurrentHashMap<>();
    private final AtomicLong swept = new AtomicLong();

    LoginDelay(InstantSource clock) {
        this.clock = clock;
    }

    /// Long enough after the last login? Then this one counts.
    boolean admits(String user, Duration delay) {
        if (!delay.isPositive()) {
            return true;
        }
        long now = clock.millis();
        long since = now - delay.toMillis();
        sweep(now, since);
        boolean[] admitted = new boolean[1];
        last.compute(user, (same, before) -> {
            // A clock that was put back must not lock anyone out.
            admitted[0] = before == null || before <= since || before > now;
            return admitted[0] ? now : before;
        });
        return admitted[0];
    }

    /// The login came to nothing for reasons of ours.
    void forget(String user) {
        last.remove(user);
    }

    private void sweep(long now, long since) {
        long before = swept.get();
        if ((before <= since || before > now) && swept.compareAndSet(before, now)) {
            last.values().removeIf(time -> time <= since);
        }
    }
}
