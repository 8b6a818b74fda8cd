package palomar.storage.loft.v1;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import palomar.event.Event;
import palomar.mail.MailboxId;
import palomar.storage.Watch;

/// Those who want to hear of changes in any mailbox of a user. Safe for many threads; a call may still come while
/// its watch is being closed. Many of them are told by a thread of its own, as [Watchers] are woken.
final class MessageWatchers {
    private final Set<Entry> entries = ConcurrentHashMap.newKeySet(1);
    private final Set<MailboxId> changed = ConcurrentHashMap.newKeySet(1);
    private final WakingRound round = new WakingRound(this::tellChanged);

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
        if (entries.size() <= Watchers.AT_ONCE) {
            for (Entry entry : entries) {
                tell(entry, mailbox, event);
            }
        } else {
            changed.add(mailbox);
            round.want(event);
        }
    }

    private void tellChanged(Event event) {
        for (Iterator<MailboxId> each = changed.iterator(); each.hasNext(); ) {
            MailboxId mailbox = each.next();
            // First, so that a change from here on is told again.
            each.remove();
            int told = 0;
            for (Entry entry : entries) {
                tell(entry, mailbox, event);
                if (++told % Watchers.AT_ONCE == 0) {
                    // As in the round of Watchers.
                    Thread.yield();
                }
            }
        }
    }

    private static void tell(Entry entry, MailboxId mailbox, Event event) {
        try {
            entry.changed.accept(mailbox);
        } catch (RuntimeException e) {
            event.error("loft.watch", "a watcher failed when it was told of a change", e);
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
