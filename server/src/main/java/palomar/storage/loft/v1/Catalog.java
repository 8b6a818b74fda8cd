package palomar.storage.loft.v1;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailboxName;

/// All users and mailboxes of one shard, in memory. What the log says is what is here: every change is a record,
/// and [#apply] is the only way in, for the committer while the shard runs and for replay when it opens.
///
/// Reading is safe for many threads; applying belongs to one.
final class Catalog {
    private final ConcurrentHashMap<String, UserNode> users = new ConcurrentHashMap<>();
    private final BoxMap boxes = new BoxMap();
    private final Usage usage = new Usage();
    private final Names names = new Names();

    private final int mostUnindexed;

    /// Highest in force; what was given out is the sequencer's.
    private volatile long lastBox;

    private volatile long lastUidValidity;

    /// @param mostUnindexed frames of one mailbox outside its index file, before the file is brought up to date
    Catalog(int mostUnindexed) {
        this.mostUnindexed = mostUnindexed;
    }

    @Nullable
    UserNode user(String name) {
        return users.get(name);
    }

    Collection<UserNode> users() {
        return users.values();
    }

    @Nullable
    Box box(long id) {
        return boxes.get(id);
    }

    /// All mailboxes of this moment, in no order.
    List<Box> boxes() {
        return boxes.all();
    }

    int boxCount() {
        return boxes.size();
    }

    Usage usage() {
        return usage;
    }

    Names names() {
        return names;
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
    /// @param applying learns what has to be done afterwards
    void apply(List<LogRecord> records, long[] lsns, Applying applying) {
        int from = 0;
        while (from < records.size()) {
            long id = RecordCodec.box(records.get(from));
            int to = from + 1;
            while (to < records.size() && id != 0 && RecordCodec.box(records.get(to)) == id) {
                to++;
            }
            if (id == 0) {
                applyToUser(records.get(from), applying);
            } else {
                applyToBox(id, records.subList(from, to), lsns, from, applying);
            }
            from = to;
        }
    }

    private void applyToUser(LogRecord record, Applying applying) {
        switch (record) {
            case LogRecord.UserCreated r -> users.putIfAbsent(r.user(), new UserNode(r.user()));
            case LogRecord.UserDeleted r -> deleteUser(r.user(), applying);
            case LogRecord.Subscribed r -> {
                UserNode user = users.get(r.user());
                if (user != null) {
                    user.subscribe(r.name(), r.on());
                    applying.wake(user.watchersNow());
                }
            }
            case LogRecord.UserValues r -> {
                UserNode user = users.get(r.user());
                if (user != null) {
                    user.apply(r.change());
                    applying.wake(user.watchersNow());
                }
            }
            case LogRecord.BoxState _,
                    LogRecord.BoxValues _,
                    LogRecord.Renamed _,
                    LogRecord.Deleted _,
                    LogRecord.RecentClaimed _,
                    LogRecord.Added _,
                    LogRecord.FlagsChanged _,
                    LogRecord.Annotated _,
                    LogRecord.Expunged _ -> throw new IllegalStateException("a mailbox record without mailbox");
        }
    }

    private void applyToBox(long id, List<LogRecord> records, long[] lsns, int first, Applying applying) {
        // Of a deleted mailbox too: as long as the log has a record with its id, no other may get it, or that
        // record would count for the other when it is written again.
        floors(id, 0);
        Box there = boxes.get(id);
        Box box = there == null && records.getFirst() instanceof LogRecord.BoxState state ? newBox(state) : there;
        if (box == null) {
            // Deleted, by an earlier record of this log: later ones were on their way already.
            return;
        }
        synchronized (box) {
            for (int i = 0; i < records.size(); i++) {
                applyToBox(box, records.get(i), lsns[first + i], applying);
            }
        }
        if (box.wantsIndex(mostUnindexed)) {
            applying.index(box);
        }
        if (there == null && !box.deleted()) {
            UserNode user = users.computeIfAbsent(box.user, UserNode::new);
            boxes.put(box);
            user.put(box);
            applying.wake(user.watchersNow());
        }
    }

    private Box newBox(LogRecord.BoxState state) {
        UserNode user = users.computeIfAbsent(state.user(), UserNode::new);
        return new Box(state, user.name, names.of(state.name()));
    }

    private void applyToBox(Box box, LogRecord record, long lsn, Applying applying) {
        switch (record) {
            case LogRecord.BoxState r -> {
                floors(r.box(), r.uidValidity());
                if (!box.name().equals(r.name())) {
                    rename(box, r.name(), applying);
                }
                if (box.apply(r)) {
                    usesChanged(box, applying);
                }
            }
            case LogRecord.BoxValues r -> {
                long before = box.annotationBytes();
                box.apply(r);
                annotated(box, box.annotationBytes() - before);
                // Rights are among them: whoever waits in the mailbox may have to know.
                watchers(box, applying);
                changed(box, applying);
            }
            case LogRecord.Renamed r -> rename(box, r.name(), applying);
            case LogRecord.Deleted r -> {
                usage.free(r.freed());
                deleteBox(box, applying);
            }
            case LogRecord.RecentClaimed r -> box.apply(r);
            case LogRecord.Added r -> {
                count(r);
                box.apply(r, lsn);
                if (!r.again()) {
                    watchers(box, applying);
                    changed(box, applying);
                }
            }
            case LogRecord.FlagsChanged r -> {
                box.apply(r, lsn);
                watchers(box, applying);
                changed(box, applying);
            }
            case LogRecord.Annotated r -> {
                long before = box.annotationBytes();
                box.apply(r, lsn);
                annotated(box, box.annotationBytes() - before);
                if (!r.again()) {
                    watchers(box, applying);
                    changed(box, applying);
                }
            }
            case LogRecord.Expunged r -> {
                usage.free(r.freed());
                long before = box.annotationBytes();
                box.apply(r, lsn);
                annotated(box, box.annotationBytes() - before);
                if (!r.again()) {
                    watchers(box, applying);
                    changed(box, applying);
                }
            }
            case LogRecord.UserCreated _, LogRecord.UserDeleted _, LogRecord.Subscribed _, LogRecord.UserValues _ ->
                throw new IllegalStateException("a user record in a mailbox");
        }
    }

    private static void watchers(Box box, Applying applying) {
        LoadedBox loaded = box.loaded();
        if (loaded != null) {
            applying.wake(loaded.watchers);
        }
    }

    /// For those who watch all of the user's mailboxes.
    private void changed(Box box, Applying applying) {
        UserNode user = users.get(box.user);
        if (user != null) {
            applying.changed(user.messageWatchersNow(), box.id);
        }
    }

    private void annotated(Box box, long more) {
        UserNode user = users.get(box.user);
        if (user != null) {
            user.annotated(more);
        }
    }

    private void usesChanged(Box box, Applying applying) {
        UserNode user = users.get(box.user);
        if (user != null) {
            applying.wake(user.watchersNow());
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

    private void rename(Box box, MailboxName to, Applying applying) {
        UserNode user = users.get(box.user);
        if (user != null) {
            user.rename(box, to);
            applying.wake(user.watchersNow());
        }
    }

    private void deleteUser(String name, Applying applying) {
        UserNode user = users.remove(name);
        if (user != null) {
            for (Box box : user.boxes()) {
                deleteBox(box, applying);
            }
            user.deletedNow();
            applying.wake(user.watchersNow());
        }
    }

    private void deleteBox(Box box, Applying applying) {
        boxes.remove(box.id);
        box.deletedNow();
        UserNode user = users.get(box.user);
        if (user != null) {
            user.remove(box);
            Counters gone = box.counters();
            user.charge(-gone.bytes(), -gone.messages());
            user.annotated(-box.annotationBytes());
            applying.wake(user.watchersNow());
        }
        watchers(box, applying);
    }

    /// For a catalog image: puts back what was saved of one mailbox, and of one user.
    void restore(Box box) {
        boxes.put(box);
        users.computeIfAbsent(box.user, UserNode::new).put(box);
    }

    /// After rebuilding: each mailbox under the name it has in the end. A user without any was deleted, by a
    /// record that compaction did not keep: INBOX can't go without its user.
    void sortIn() {
        users.values().forEach(UserNode::clearBoxes);
        boxes.all()
                .forEach(box -> users.computeIfAbsent(box.user, UserNode::new).put(box));
        users.values().removeIf(user -> user.boxes().isEmpty());
    }

    void restoreUser(String name, Iterable<MailboxName> subscriptions, ValueChange values) {
        UserNode user = users.computeIfAbsent(name, UserNode::new);
        subscriptions.forEach(subscription -> user.subscribe(subscription, true));
        user.apply(values);
    }
}
