package palomar.storage.loft.v1;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import palomar.event.Event;
import palomar.mail.MailboxId;
import palomar.storage.Watch;

/// Those who want to hear of changes in any mailbox of a user. Safe for many threads; a call may still come while
/// its watch is being closed.
final class MessageWatchers {
    private final CopyOnWriteArrayList<Entry> entries = new CopyOnWriteArrayList<>();

    Watch add(Consumer<MailboxId> changed) {
        Entry entry = new Entry(changed);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /// On the committing thread, as [Watchers#wake].
    void wake(MailboxId mailbox, Event event) {
        for (Entry entry : entries) {
            try {
                entry.changed.accept(mailbox);
            } catch (RuntimeException e) {
                event.error("loft.watch", "a watcher failed when it was told of a change", e);
            }
        }
    }

    /// Compared by identity: one callback may watch twice.
    private static final class Entry {
        private final Consumer<MailboxId> changed;

        private Entry(Consumer<MailboxId> changed) {
            this.changed = changed;
        }
    }
}
