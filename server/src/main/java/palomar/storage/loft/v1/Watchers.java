package palomar.storage.loft.v1;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import palomar.event.Event;
import palomar.storage.Watch;

/// Those who want to be woken. Safe for many threads; a call may still come while its watch is being closed.
///
/// A few are woken on the thread that commits, which is quickest. Many would slow it down: then a thread of its
/// own goes round, see [WakingRound], and a commit costs the same however many watch.
final class Watchers {
    /// As many as are woken by the committing thread itself.
    static final int AT_ONCE = 16;

    private final Set<Entry> entries = ConcurrentHashMap.newKeySet(1);
    private final WakingRound round = new WakingRound(this::goRound);

    Watch add(Runnable wake) {
        Entry entry = new Entry(wake);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /// Everyone is called after this moment, once at least; the contract says that a wake must not block. One that
    /// throws is a bug of its owner and must not stop the log.
    void wake(Event event) {
        if (entries.size() <= AT_ONCE) {
            wakeAll(event);
        } else {
            round.want(event);
        }
    }

    private void wakeAll(Event event) {
        for (Entry entry : entries) {
            wake(entry, event);
        }
    }

    private void goRound(Event event) {
        int woken = 0;
        for (Entry entry : entries) {
            wake(entry, event);
            if (++woken % AT_ONCE == 0) {
                // Each wake gives a thread something to do: those who write are not to queue behind all of them.
                Thread.yield();
            }
        }
    }

    private static void wake(Entry entry, Event event) {
        try {
            entry.wake.run();
        } catch (RuntimeException e) {
            event.error("loft.watch", "a watcher failed when it was woken", e);
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
