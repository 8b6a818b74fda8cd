package palomar.net;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import palomar.event.Event;

/// Ends waits that took too long: one thread looks at every connection once a second, so that a deadline costs a
/// connection one field and no timer.
final class Deadlines {
    private static final long PERIOD_NANOS = Duration.ofSeconds(1).toNanos();

    private final Collection<SocketConnection> connections;
    private final LongSupplier nanos;
    private final Event events;
    private final Thread thread;
    private volatile boolean stopped;

    /// @param connections a live view that may be walked while it changes
    Deadlines(Collection<SocketConnection> connections, LongSupplier nanos, Event events) {
        this.connections = connections;
        this.nanos = nanos;
        this.events = events;
        this.thread = Thread.ofPlatform().daemon().name("deadlines").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!stopped) {
            LockSupport.parkNanos(this, PERIOD_NANOS);
            try {
                check();
            } catch (RuntimeException bug) {
                // The top of a thread that all connections depend on: it must be heard of, and go on.
                events.error("deadlines-failed", "looking at deadlines failed", bug);
            }
        }
    }

    void check() {
        long now = nanos.getAsLong();
        for (SocketConnection connection : connections) {
            connection.wire().check(now);
        }
    }
}
