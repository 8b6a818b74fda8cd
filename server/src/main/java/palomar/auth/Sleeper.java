package palomar.auth;

import java.time.Duration;

/// How the door waits; tests pass one that only moves their clock.
@FunctionalInterface
public interface Sleeper {
    /// Holds the calling thread.
    Sleeper THREAD = Thread::sleep;

    /// Waits this long; zero and less return at once.
    void sleep(Duration time) throws InterruptedException;
}
