package palomar.outbox;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What waits, in memory: by number and by time. Guarded by its owner's lock.
final class Index {
    /// One message; a few hundred bytes.
    static final class Item {
        final String id;
        final Instant created;
        final @Nullable Key key;
        final long size;
        final String sender;
        final String firstRecipient;
        final int recipients;
        final Way way;
        Instant next;
        int attempts;
        boolean held;
        boolean busy;
        /// Dropped by the operator while it was being sent.
        boolean dropped;
        /// What could not be written down yet; belongs to whoever made it busy.
        @Nullable
        EntryState unsaved;
        /// Left, but its file could not be removed: not to be sent again.
        boolean gone;

        Item(Entry entry, EntryState state) {
            this.id = entry.id();
            this.created = entry.created();
            this.key = entry.key().orElse(null);
            this.size = entry.size();
            this.sender = entry.envelope().sender().toString();
            this.firstRecipient =
                    entry.envelope().recipients().getFirst().address().toString();
            this.way = Way.of(entry.envelope());
            this.recipients = entry.envelope().recipients().size();
            this.next = state.next();
            this.attempts = state.attempts();
            this.held = state.held();
        }

        QueuedMail facts() {
            return new QueuedMail(id, created, size, sender, firstRecipient, recipients, attempts, next, held, busy);
        }
    }

    private record Due(Instant time, String id) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = time.compareTo(other.time);
            return byTime != 0 ? byTime : id.compareTo(other.id);
        }
    }

    private final Map<String, Item> byId = new HashMap<>();
    private final Map<Key, String> byKey = new HashMap<>();
    private final TreeSet<Due> mail = new TreeSet<>();
    private final TreeSet<Due> web = new TreeSet<>();

    private TreeSet<Due> due(Way way) {
        return switch (way) {
            case MAIL -> mail;
            case WEB -> web;
        };
    }

    int size() {
        return byId.size();
    }

    boolean has(Key key) {
        return byKey.containsKey(key);
    }

    boolean has(String id) {
        return byId.containsKey(id);
    }

    @Nullable
    Item find(String id) {
        return byId.get(id);
    }

    Collection<Item> all() {
        return byId.values();
    }

    void add(Item item) {
        byId.put(item.id, item);
        if (item.key != null) {
            byKey.put(item.key, item.id);
        }
        schedule(item);
    }

    /// Makes it wait for its time, unless it is held, busy or gone.
    void schedule(Item item) {
        if (!item.held && !item.busy && !item.gone) {
            due(item.way).add(new Due(item.next, item.id));
        }
    }

    void unschedule(Item item) {
        due(item.way).remove(new Due(item.next, item.id));
    }

    void reschedule(Item item, Instant next) {
        unschedule(item);
        item.next = next;
        schedule(item);
    }

    /// When the first one is due; empty when none waits for a time.
    Optional<Instant> nextDue(Way way) {
        TreeSet<Due> due = due(way);
        return due.isEmpty() ? Optional.empty() : Optional.of(due.first().time());
    }

    /// Takes the first one if it is due, and makes it busy; null when none is.
    @Nullable
    Item take(Way way, Instant now) {
        TreeSet<Due> due = due(way);
        if (due.isEmpty() || due.first().time().isAfter(now)) {
            return null;
        }
        Item item = byId.get(due.pollFirst().id());
        if (item != null) {
            item.busy = true;
        }
        return item;
    }

    void remove(Item item) {
        unschedule(item);
        byId.remove(item.id);
        if (item.key != null) {
            byKey.remove(item.key, item.id);
        }
    }
}
