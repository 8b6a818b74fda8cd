package palomar.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Time that moves when a test says so. Sleeping moves it too and is written down. Safe for many threads.
public final class ManualClock implements InstantSource {
    private final List<Duration> sleeps = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }

    public synchronized void set(Instant time) {
        now = time;
    }

    /// As the code under test sleeps: zero and less do nothing.
    public synchronized void sleep(Duration time) {
        if (time.isPositive()) {
            sleeps.add(time);
            now = now.plus(time);
        }
    }

    /// What was slept since the last call.
    public synchronized List<Duration> takeSleeps() {
        List<Duration> taken = List.copyOf(sleeps);
        sleeps.clear();
        return taken;
    }
}
