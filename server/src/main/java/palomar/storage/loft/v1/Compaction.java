package palomar.storage.loft.v1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.UidSet;
import palomar.storage.NamedValues;
import palomar.storage.journal.Commit;
import palomar.storage.journal.EncodedBody;
import palomar.storage.journal.Journal;
import palomar.storage.journal.ScanDepth;
import palomar.storage.journal.SegmentStore;

/// Empties one sealed segment: what is still needed of it is written again at the log's end, so that the log
/// without it tells the same; then it is deleted. Runs on the keeper, beside everything else; UIDs and
/// mod-sequences do not change, nobody is woken.
///
/// A row is written again when the segment has its record, a change of its flags, its body or its head. Bodies
/// shared by several rows stay shared. Which rows those are is found in the segment itself and, for copies, in the
/// rows of mailboxes that may have some; the usage figures only say when it is worth while.
final class Compaction {
    /// Bytes of bodies in one transaction.
    private static final long GROUP_BYTES = 4L << 20;

    private static final int GROUP_ROWS = 4096;

    /// So much is copied in a second at most.
    private static final long BYTES_PER_SECOND = 64L << 20;

    private final Shard shard;
    private final Journal journal;
    private final long from;
    private final long to;

    /// New places of bodies and heads that were copied already.
    private final Map<Long, Long> moved = new HashMap<>();

    Compaction(Shard shard, SegmentStore.Segment segment) {
        this.shard = shard;
        this.journal = shard.journal();
        this.from = segment.firstLsn();
        this.to = segment.endLsn();
    }

    /// What became of the segment.
    enum Outcome {
        DELETED,
        /// Nothing that lives is in it any more, but a held view shows expunged messages whose bytes are there.
        HELD,
        /// No checkpoint could be made, so it stays for now.
        POSTPONED,
        /// It must stay.
        DAMAGED
    }

    /// @throws IOException when something could not be read or written; what was written again does no harm
    Outcome run() throws IOException {
        Mentions mentions = new Mentions();
        journal.scan(from, to, ScanDepth.PAYLOADS, mentions);
        if (mentions.damaged()) {
            return Outcome.DAMAGED;
        }
        for (Map.Entry<Long, Mentions.InBox> entry : mentions.boxes().entrySet()) {
            box(entry.getKey(), entry.getValue());
        }
        users(mentions);
        values(mentions);
        do {
            // Copies under way may name old places once more: wait for them, then look again.
            shard.bodyPlaces().writeLock().lock();
            shard.bodyPlaces().writeLock().unlock();
        } while (foreign());
        for (Box box : shard.catalog().boxes()) {
            box.forget(from, to);
        }
        if (!shard.checkpointNow()) {
            return Outcome.POSTPONED;
        }
        shard.catalog().usage().forget(from, to);
        return delete(shard, from, to) ? Outcome.DELETED : Outcome.HELD;
    }

    /// Deletes a segment that nothing living needs.
    ///
    /// @return false when views show expunged messages that lie there
    static boolean delete(Shard shard, long from, long to) throws IOException {
        boolean held = false;
        for (Box box : shard.catalog().boxes()) {
            LoadedBox loaded = box.loaded();
            held |= loaded != null && loaded.dropTombstones(from, to);
        }
        if (!held) {
            shard.journal().deleteSegment(from);
        }
        return !held;
    }

    private boolean inside(long lsn) {
        return lsn >= from && lsn < to;
    }

    private boolean olderExist() {
        return journal.segments().getFirst().firstLsn() < from;
    }

    private void box(long id, Mentions.InBox said) throws IOException {
        Box box = shard.catalog().box(id);
        if (box == null) {
            if (said.deleted() && olderExist()) {
                Batch batch = shard.batch();
                batch.add(new LogRecord.Deleted(id, new long[0]));
                commit(batch);
            }
            return;
        }
        UserNode user = shard.catalog().user(box.user);
        if (user == null) {
            return;
        }
        if (box.deleted()) {
            return;
        }
        long remembered = historyFloor(box);
        user.tree().lock();
        try {
            if (box.deleted()) {
                return;
            }
            state(box, said, remembered);
        } finally {
            user.tree().unlock();
        }
        withRows(box, said.uids(), said.annotated());
    }

    /// @return how many rows were written again
    private int withRows(Box box, UidSet named, UidSet annotated) throws IOException {
        LoadedBox loaded = shard.openBoxes().acquire(shard, box);
        try {
            return rows(loaded, named, annotated);
        } finally {
            shard.openBoxes().release(loaded);
        }
    }

    /// Expunges at or below this mod-sequence are not remembered any more.
    private long historyFloor(Box box) {
        LoadedBox loaded = shard.openBoxes().acquire(shard, box);
        try {
            synchronized (box) {
                return loaded.vanished().floor();
            }
        } finally {
            shard.openBoxes().release(loaded);
        }
    }

    /// Holds the user's tree, so that the name stays as it is.
    private void state(Box box, Mentions.InBox said, long historyFloor) {
        Batch batch = shard.batch();
        // Rows in older segments, or in an index file from before the expunge, would come back.
        boolean mayReturn = olderExist() || box.indexLsn() > 0;
        List<LogRecord.Expunged> again = new ArrayList<>();
        long forgotten = 0;
        for (LogRecord.Expunged gone : said.expunges()) {
            if (mayReturn || gone.modSeq() > historyFloor) {
                again.add(new LogRecord.Expunged(
                        box.id, true, gone.modSeq(), gone.uids(), Counters.ZERO, new long[0], gone.seconds()));
            } else {
                forgotten = Math.max(forgotten, gone.modSeq());
            }
        }
        batch.add(box.state(forgotten));
        again.forEach(batch::add);
        if (said.values() && (olderExist() || !box.values().isEmpty())) {
            batch.add(new LogRecord.BoxValues(box.id, ValueChange.all(box.values())));
        }
        commit(batch);
    }

    /// Writes rows again: those named, and all whose body or head lies in the segment. The flag order is taken for
    /// one transaction at a time, so that nobody waits long.
    ///
    /// @param annotated messages whose annotations are written again too
    /// @return how many
    private int rows(LoadedBox loaded, UidSet named, UidSet annotated) throws IOException {
        int written = 0;
        long uid = 0;
        while (true) {
            Batch batch = shard.batch();
            loaded.flagOrder.lock();
            try {
                long[] words = select(loaded, named, uid);
                if (words.length == 0 || loaded.box.deleted()) {
                    return written;
                }
                int rows = group(batch, loaded, words, annotated);
                written += rows;
                uid = Row.uid(words, (rows - 1) * Row.WORDS);
            } finally {
                loaded.flagOrder.unlock();
            }
            rest(batch);
        }
    }

    /// The next rows behind `uid`, as they are now.
    private long[] select(LoadedBox loaded, UidSet named, long uid) {
        synchronized (loaded.box) {
            Rows rows = loaded.rows();
            long[] found = new long[16 * Row.WORDS];
            int used = 0;
            for (int row = rows.atOrAfter(uid + 1); row < rows.count() && used < GROUP_ROWS * Row.WORDS; row++) {
                long[] words = rows.words(row);
                int at = Rows.offset(row);
                boolean wanted = !Row.expunged(words, at)
                        && (inside(Row.body(words, at))
                                || inside(Row.head(words, at))
                                || named.contains(Row.uid(words, at)));
                if (wanted) {
                    if (used == found.length) {
                        found = Arrays.copyOf(found, 2 * used);
                    }
                    System.arraycopy(words, at, found, used, Row.WORDS);
                    used += Row.WORDS;
                }
            }
            return Arrays.copyOf(found, used);
        }
    }

    /// One transaction: as many of the rows as fit, all of them with or all of them without a body to be moved.
    ///
    /// @return how many
    private int group(Batch batch, LoadedBox loaded, long[] words, UidSet annotated) throws IOException {
        Map<Long, Long> places = new HashMap<>();
        boolean moving = inside(Row.body(words, 0));
        List<LogRecord.Annotated.Part> notes = new ArrayList<>();
        long notesBytes = 0;
        long highest = 0;
        int at = 0;
        while (at < words.length
                && batch.group().length() + notesBytes < GROUP_BYTES
                && inside(Row.body(words, at)) == moving) {
            long body = moving ? body(batch, places, Row.body(words, at)) : Row.body(words, at);
            long head = Row.head(words, at);
            Row.places(words, at, body, inside(head) ? head(batch, places, head) : head);
            Row.modSeqAndState(words, at, Row.modSeq(words, at), Row.system(words, at));
            highest = Math.max(highest, Row.modSeq(words, at));
            if (annotated.contains(Row.uid(words, at))) {
                NamedValues now = loaded.box.annotations(Row.uid(words, at));
                notesBytes += now.bytes();
                notes.add(new LogRecord.Annotated.Part(UidSet.of(Row.uid(words, at)), ValueChange.all(now)));
            }
            at += Row.WORDS;
        }
        LogRecord.Cause cause = moving ? LogRecord.Cause.MOVED : LogRecord.Cause.AGAIN;
        batch.addRows(loaded.box, cause, highest, Arrays.copyOf(words, at));
        if (!notes.isEmpty()) {
            // Those that have none now as well: an older segment may say that they had.
            batch.add(new LogRecord.Annotated(loaded.box.id, true, 0, notes));
        }
        long groupLsn = commit(batch);
        places.forEach((old, place) -> moved.put(old, groupLsn + (-place - 1)));
        return at / Row.WORDS;
    }

    private long body(Batch batch, Map<Long, Long> now, long old) throws IOException {
        Long there = now.containsKey(old) ? now.get(old) : moved.get(old);
        if (there != null) {
            return there;
        }
        EncodedBody encoded = shard.bodies().encoded(old);
        long place = batch.body(encoded, shard.bodies().digest(old));
        now.put(old, place);
        return place;
    }

    private long head(Batch batch, Map<Long, Long> now, long old) throws IOException {
        Long there = now.containsKey(old) ? now.get(old) : moved.get(old);
        if (there != null) {
            return there;
        }
        long place = batch.head(shard.bodies().head(old));
        now.put(old, place);
        return place;
    }

    private void users(Mentions mentions) {
        for (Map.Entry<String, Set<MailboxName>> entry :
                mentions.subscriptions().entrySet()) {
            UserNode user = shard.catalog().user(entry.getKey());
            if (user == null) {
                continue;
            }
            user.tree().lock();
            try {
                Batch batch = shard.batch();
                for (MailboxName name : entry.getValue()) {
                    boolean on = user.subscriptions().contains(name);
                    batch.add(new LogRecord.Subscribed(user.name, name, on));
                }
                commit(batch);
            } finally {
                user.tree().unlock();
            }
        }
    }

    /// Named values of users, whole, so that no older ones come back.
    private void values(Mentions mentions) {
        for (String name : mentions.values()) {
            UserNode user = shard.catalog().user(name);
            if (user == null) {
                continue;
            }
            user.tree().lock();
            try {
                if (!user.deleted() && (olderExist() || !user.values().isEmpty())) {
                    Batch batch = shard.batch();
                    batch.add(new LogRecord.UserValues(user.name, ValueChange.all(user.values())));
                    commit(batch);
                }
            } finally {
                user.tree().unlock();
            }
        }
    }

    /// Rows of other mailboxes whose bodies lie here.
    ///
    /// @return true when there were some
    private boolean foreign() throws IOException {
        boolean any = false;
        for (Box box : shard.catalog().boxes()) {
            if (box.mayHaveForeign(from, to)) {
                any |= withRows(box, UidSet.EMPTY, UidSet.EMPTY) > 0;
            }
        }
        return any;
    }

    private long commit(Batch batch) {
        if (shard.isClosing()) {
            throw new MailException(MailError.UNAVAILABLE, "the mail store is closing");
        }
        batch.group().freesSpace();
        Commit commit;
        shard.sequencer().lock();
        try {
            commit = shard.submit(batch, Shard.Change.MAIL);
        } finally {
            shard.sequencer().unlock();
        }
        return commit.await();
    }

    /// Lets others have the disk for as long as the rate asks. No lock is held.
    private static void rest(Batch batch) {
        LockSupport.parkNanos(batch.group().length() * 1_000_000_000L / BYTES_PER_SECOND);
    }
}
