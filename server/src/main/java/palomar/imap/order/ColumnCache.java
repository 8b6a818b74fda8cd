package palomar.imap.order;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailboxId;

/// Columns of large mailboxes that were sorted lately, for all sessions. Safe for many threads.
///
/// It holds at most so many bytes, and nothing that was not used for some minutes: what is old goes when anything
/// is asked for.
public final class ColumnCache {
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final long most;
    private final InstantSource clock;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long held;

    /// @param most bytes
    public ColumnCache(long most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /// @param user mailbox ids are unique in one store only
    record Key(String user, MailboxId mailbox, long uidValidity, Property property) {}

    private record Entry(Column column, Instant used) {}

    synchronized @Nullable Column get(Key key) {
        Instant now = clock.instant();
        dropOld(now);
        Entry entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        entries.put(key, new Entry(entry.column, now));
        return entry.column;
    }

    synchronized void put(Key key, Column column) {
        Instant now = clock.instant();
        Entry before = entries.remove(key);
        held -= before == null ? 0 : before.column.memory();
        dropOld(now);
        if (column.memory() > most / 2) {
            return;
        }
        entries.put(key, new Entry(column, now));
        held += column.memory();
        for (Iterator<Entry> oldest = entries.values().iterator(); held > most && oldest.hasNext(); ) {
            held -= oldest.next().column.memory();
            oldest.remove();
        }
    }

    /// Bytes of all columns.
    synchronized long held() {
        return held;
    }

    private void dropOld(Instant now) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            if (Duration.between(entry.used, now).compareTo(KEPT) < 0) {
                return;
            }
            held -= entry.column.memory();
            oldest.remove();
        }
    }
}
