package palomar.storage.loft.v1;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailboxName;

/// All users and mailboxes of one shard, in memory. What the log says is what is here: every change is a record, and
/// [#apply] is the only way in, for the committer while the shard runs and for replay when it opens.
///
/// Reading is safe for many threads; applying belongs to one.
final class Catalog {
    private final ConcurrentHashMap<String, UserNode> users = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, Box> boxes = new ConcurrentHashMap<>();
    private final Usage usage = new Usage();

    /// Highest in force; what was given out is the sequencer's.
    private volatile long lastBox;

    private volatile long lastUidValidity;

    @Nullable UserNode user(String name) {
        return users.get(name);
    }

    Collection<UserNode> users() {
        return users.values();
    }

    @Nullable Box box(long id) {
        return boxes.get(id);
    }

    Collection<Box> boxes() {
        return boxes.values();
    }

    Usage usage() {
        return usage;
    }

    long lastBox() {
        return lastBox;
    }

    long lastUidValidity() {
        return lastUidValidity;
    }

    void floors(long box, long uidValidity) {
        lastBox = Math.max(lastBox, box);
        lastUidValidity = Math.max(lastUidValidity, uidValidity);
    }

    /// Brings one transaction into force: what it does to one mailbox is seen as a whole or not at all.
    ///
    /// @param lsns of the records' frames
    /// @param toWake gets the watchers whom the transaction concerns
    void apply(List<LogRecord> records, long[] lsns, Set<Watchers> toWake) {
        int from = 0;
        while (from < records.size()) {
            long id = RecordCodec.box(records.get(from));
            int to = from + 1;
            while (to < records.size() && id != 0 && RecordCodec.box(records.get(to)) == id) {
                to++;
            }
            if (id == 0) {
                applyToUser(records.get(from), toWake);
            } else {
                applyToBox(id, records.subList(from, to), lsns, from, toWake);
            }
            from = to;
        }
    }

    private void applyToUser(LogRecord record, Set<Watchers> toWake) {
        switch (record) {
            case LogRecord.UserCreated r -> users.putIfAbsent(r.user(), new UserNode(r.user()));
            case LogRecord.UserDeleted r -> deleteUser(r.user(), toWake);
            case LogRecord.Subscribed r -> {
                UserNode user = users.get(r.user());
                if (user != null) {
                    user.subscribe(r.name(), r.on());
                    toWake.add(user.watchers);
                }
            }
            case LogRecord.BoxState _,
                    LogRecord.Renamed _,
                    LogRecord.Deleted _,
                    LogRecord.RecentClaimed _,
                    LogRecord.Added _,
                    LogRecord.FlagsChanged _,
                    LogRecord.Expunged _ -> throw new IllegalStateException("a mailbox record without mailbox");
        }
    }

    private void applyToBox(long id, List<LogRecord> records, long[] lsns, int first, Set<Watchers> toWake) {
        Box there = boxes.get(id);
        Box box = there == null && records.getFirst() instanceof LogRecord.BoxState state ? new Box(state) : there;
        if (box == null) {
            // Deleted, by an earlier record of this log: later ones were on their way already.
            return;
        }
        synchronized (box) {
            for (int i = 0; i < records.size(); i++) {
                applyToBox(box, records.get(i), lsns[first + i], toWake);
            }
        }
        if (there == null && !box.deleted()) {
            UserNode user = users.computeIfAbsent(box.user, UserNode::new);
            boxes.put(id, box);
            user.put(box);
            toWake.add(user.watchers);
        }
    }

    private void applyToBox(Box box, LogRecord record, long lsn, Set<Watchers> toWake) {
        switch (record) {
            case LogRecord.BoxState r -> {
                floors(r.box(), r.uidValidity());
                if (!box.name().equals(r.name())) {
                    rename(box, r.name(), toWake);
                }
                box.apply(r);
            }
            case LogRecord.Renamed r -> rename(box, r.name(), toWake);
            case LogRecord.Deleted r -> {
                usage.free(r.freed());
                deleteBox(box, toWake);
            }
            case LogRecord.RecentClaimed r -> box.apply(r);
            case LogRecord.Added r -> {
                count(r);
                box.apply(r, lsn);
                watchers(box, toWake);
            }
            case LogRecord.FlagsChanged r -> {
                box.apply(r, lsn);
                watchers(box, toWake);
            }
            case LogRecord.Expunged r -> {
                usage.free(r.freed());
                box.apply(r, lsn);
                watchers(box, toWake);
            }
            case LogRecord.UserCreated _, LogRecord.UserDeleted _, LogRecord.Subscribed _ ->
                throw new IllegalStateException("a user record in a mailbox");
        }
    }

    private static void watchers(Box box, Set<Watchers> toWake) {
        LoadedBox loaded = box.loaded();
        if (loaded != null && !loaded.watchers.isEmpty()) {
            toWake.add(loaded.watchers);
        }
    }

    private void count(LogRecord.Added r) {
        if (r.cause() == LogRecord.Cause.AGAIN) {
            return;
        }
        long[] words = r.words();
        for (int at = 0; at < words.length; at += Row.WORDS) {
            usage.add(Row.body(words, at), Row.weight(words, at));
        }
    }

    private void rename(Box box, MailboxName to, Set<Watchers> toWake) {
        UserNode user = users.get(box.user);
        if (user != null) {
            user.rename(box, to);
            toWake.add(user.watchers);
        }
    }

    private void deleteUser(String name, Set<Watchers> toWake) {
        UserNode user = users.remove(name);
        if (user != null) {
            for (Box box : user.boxes()) {
                deleteBox(box, toWake);
            }
            user.deletedNow();
            toWake.add(user.watchers);
        }
    }

    private void deleteBox(Box box, Set<Watchers> toWake) {
        boxes.remove(box.id);
        box.deletedNow();
        UserNode user = users.get(box.user);
        if (user != null) {
            user.remove(box);
            toWake.add(user.watchers);
        }
        watchers(box, toWake);
    }

    /// For a catalog image: puts back what was saved of one mailbox.
    void restore(LogRecord.BoxState state, Counters counters, long indexLsn, long[] unindexed) {
        Box box = new Box(state);
        box.restore(counters, indexLsn, unindexed);
        boxes.put(state.box(), box);
        users.computeIfAbsent(state.user(), UserNode::new).put(box);
    }

    void restoreUser(String name, Iterable<MailboxName> subscriptions) {
        UserNode user = users.computeIfAbsent(name, UserNode::new);
        subscriptions.forEach(subscription -> user.subscribe(subscription, true));
    }
}
