package palomar.storage.loft.v1;

import java.util.concurrent.CopyOnWriteArrayList;
import palomar.event.Event;
import palomar.storage.Watch;

/// Those who want to be woken. Safe for many threads; a call may still come while its watch is being closed.
final class Watchers {
    private final CopyOnWriteArrayList<Entry> entries = new CopyOnWriteArrayList<>();

    Watch add(Runnable wake) {
        Entry entry = new Entry(wake);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /// Calls everyone, on the committing thread: the contract says that a wake must not block. One that throws is
    /// a bug of its owner and must not stop the log.
    void wake(Event event) {
        for (Entry entry : entries) {
            try {
                entry.wake.run();
            } catch (RuntimeException e) {
                event.error("loft.watch", "a watcher failed when it was woken", e);
            }
        }
    }

    /// Compared by identity: one callback may watch twice.
    private static final class Entry {
        private final Runnable wake;

        private Entry(Runnable wake) {
            this.wake = wake;
        }
    }
}
