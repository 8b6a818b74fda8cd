package palomar.smtp.client;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes what takes too long, so that a blocked read or write ends. One thread for all connections. Safe for many
/// threads.
public final class Watchdog implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;
    private final Set<Leash> leashes = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Watchdog() {
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("relay-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        // Only while it is being closed, which expires all of them anyway.
        timer.setRejectedExecutionHandler((task, executor) -> task.run());
    }

    /// Looks after one thing; see [Leash].
    public Leash watch(Closeable target) {
        Leash leash = new Leash(target);
        leashes.add(leash);
        return leash;
    }

    /// Runs something later, on a thread of its own; never when this is closed before.
    void later(Duration delay, Runnable work) {
        timer.schedule(() -> Thread.ofVirtual().start(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Closes everything at once: nothing may wait without a deadline.
    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        leashes.forEach(Leash::expire);
    }

    /// The deadline of one connection. Owned by the thread that uses the connection.
    public final class Leash {
        private final Closeable target;
        private volatile boolean expired;
        private @Nullable ScheduledFuture<?> running;

        private Leash(Closeable target) {
            this.target = target;
        }

        /// From now on so long; replaces the deadline before.
        public void set(Duration limit) {
            clear();
            if (closed) {
                expire();
                return;
            }
            running = timer.schedule(this::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
        }

        void clear() {
            ScheduledFuture<?> before = running;
            if (before != null) {
                before.cancel(false);
            }
            running = null;
        }

        /// Nothing is looked after any more.
        public void end() {
            clear();
            leashes.remove(this);
        }

        public boolean expired() {
            return expired;
        }

        private void expire() {
            expired = true;
            try {
                target.close();
            } catch (IOException e) {
                // It is thrown away: whoever waits on it wakes by the close, whatever that says.
                expired = true;
            }
        }
    }
}
