package palomar.imap;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Looks after commands that are inside the store, so that those that stay there long are told to wait. One thread
/// looks at all of them, twice a second, while there are any; to begin and to end costs next to nothing. Safe for
/// many threads.
final class Tickers {
    private static final Duration LOOK = Duration.ofMillis(500);

    /// A command that waits for the store.
    interface Tick {
        /// Must not block.
        boolean isDue();

        /// May wait for the client; runs on a thread of its own.
        void speak();
    }

    private final Set<Tick> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();

    void add(Tick tick) {
        waiting.add(tick);
        if (!looking.get() && looking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("imap-tickers").start(this::look);
        }
    }

    void remove(Tick tick) {
        waiting.remove(tick);
    }

    private void look() {
        while (true) {
            LockSupport.parkNanos(LOOK.toNanos());
            for (Tick tick : waiting) {
                if (tick.isDue()) {
                    Thread.startVirtualThread(tick::speak);
                }
            }
            if (waiting.isEmpty()) {
                looking.set(false);
                // Who was added before that has not started another.
                if (waiting.isEmpty() || !looking.compareAndSet(false, true)) {
                    return;
                }
            }
        }
    }
}
