package palomar.storage.loft.v1;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.mail.Flags;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.journal.SegmentGoneException;

/// A mailbox whose rows are in memory, shared by all who have it open.
///
/// The rows change only when a record is applied (by the shard's committer), under the monitor of the [Box], which
/// readers take too, for as long as copying a few rows takes. [#flagOrder] is another thing: flag changes and
/// expunges of one mailbox take it while they are on their way into the log, so that each is computed on what the
/// one before left. Appends don't.
final class LoadedBox {
    /// Rows of expunged messages that are kept for views at most: 19 MB. Beyond it they go, held or not.
    private static final int MOST_HELD = 1 << 18;

    final Box box;
    final ReentrantLock flagOrder = new ReentrantLock();
    final Watchers watchers = new Watchers();

    private final Rows rows;
    private final Vanished vanished;
    private final RecentChanges recentChanges;

    private final LiveUids live;
    private final UnwrittenRows unwritten;

    /// Moves with each change of a row; a cursor compares it before it trusts rows that it copied.
    private volatile long version;

    /// Open handles; the cache in [OpenBoxes] guards it.
    int handles;

    private volatile IndexState index = IndexState.NONE;
    private volatile @Nullable DigestFile digests;

    private boolean incomplete;

    // Under the monitor.
    private final Holds holds = new Holds();

    /// Expunged rows up to this mod-sequence were dropped while later ones were held.
    private long sweptThrough;

    LoadedBox(Box box, Rows rows, Vanished vanished) {
        this.box = box;
        this.rows = rows;
        this.vanished = vanished;
        this.recentChanges = new RecentChanges(box.highestModSeq());
        this.live = new LiveUids(box, rows);
        this.unwritten = new UnwrittenRows(box, rows, vanished);
    }

    Rows rows() {
        return rows;
    }

    /// Under the monitor.
    RecentChanges recentChanges() {
        return recentChanges;
    }

    Vanished vanished() {
        return vanished;
    }

    long version() {
        return version;
    }

    /// The messages now; the same object until something changes.
    UidView view() {
        synchronized (box) {
            return live.view();
        }
    }

    /// How many living messages have this UID or a larger one; under the monitor.
    long liveFrom(long uid) {
        return live.from(uid);
    }

    /// Some record could not be read, so the catalog counts what is not here. While loading.
    void incomplete() {
        incomplete = true;
    }

    boolean isIncomplete() {
        return incomplete;
    }

    // ---- applying, under the monitor

    /// A record read back from the log.
    void apply(LogRecord record) {
        switch (record) {
            case LogRecord.Added r -> apply(r);
            case LogRecord.FlagsChanged r -> apply(r);
            case LogRecord.Expunged r -> apply(r);
            case LogRecord.Annotated r -> apply(r);
            case LogRecord.UserCreated _,
                    LogRecord.UserDeleted _,
                    LogRecord.Subscribed _,
                    LogRecord.UserValues _,
                    LogRecord.BoxState _,
                    LogRecord.BoxValues _,
                    LogRecord.Renamed _,
                    LogRecord.Deleted _,
                    LogRecord.RecentClaimed _ -> throw new Unpacker.Malformed("a record without rows");
        }
    }

    void apply(LogRecord.Added r) {
        long[] words = r.words();
        for (int at = 0; at < words.length; at += Row.WORDS) {
            long uid = Row.uid(words, at);
            int row = rows.atOrAfter(uid);
            boolean there = row < rows.count() && rows.uid(row) == uid;
            if (r.again() && there) {
                moved(row, words, at);
            } else if (!there) {
                insert(row, words, at, uid);
                recentChanges.add(Row.modSeq(words, at), uid, uid);
                live.changed();
            }
        }
        if (r.again()) {
            version++;
        } else {
            changed();
        }
    }

    private void insert(int row, long[] words, int at, long uid) {
        Row.modSeqAndState(words, at, Row.modSeq(words, at), Row.system(words, at) | Row.DIRTY);
        unwritten.add(uid);
        if (row == rows.count()) {
            rows.append(words, at);
            live.add(uid);
        } else {
            rows.insert(row, words, at);
            unwritten.renumbered();
            live.insert(uid);
        }
    }

    /// Compaction wrote a row again, as it was then: all records before that one are in it.
    private void moved(int row, long[] from, int at) {
        long[] words = rows.words(row);
        int to = Rows.offset(row);
        unwritten.note(words, to);
        Row.places(words, to, Row.body(from, at), Row.head(from, at));
        Row.sizes(words, to, Row.size(words, to), Row.weight(from, at));
        if (!Row.expunged(words, to) && Row.modSeq(from, at) >= Row.modSeq(words, to)) {
            Row.keywords(words, to, Row.keywords(from, at));
            Row.modSeqAndState(words, to, Row.modSeq(from, at), Row.system(from, at));
        }
        Row.modSeqAndState(words, to, Row.modSeq(words, to), Row.state(words, to) | Row.DIRTY);
    }

    void apply(LogRecord.FlagsChanged r) {
        UidSet uids = r.uids();
        FlagChange change = new FlagChange(r.kind(), new Flags(r.system(), List.of()));
        for (int run = 0; run < uids.runs(); run++) {
            long last = uids.last(run);
            recentChanges.add(r.modSeq(), uids.first(run), last);
            int count = rows.count();
            for (int row = rows.atOrAfter(uids.first(run)); row < count; row++) {
                long[] words = rows.words(row);
                int at = Rows.offset(row);
                if (Row.uid(words, at) > last) {
                    break;
                }
                if (Row.modSeq(words, at) >= r.modSeq() || Row.expunged(words, at)) {
                    continue;
                }
                int system = change.applySystem(Row.system(words, at));
                unwritten.note(words, at);
                Row.keywords(words, at, change.applyKeywords(Row.keywords(words, at), r.keywordBits()));
                Row.modSeqAndState(words, at, r.modSeq(), system | Row.DIRTY);
            }
        }
        changed();
    }

    /// Annotations themselves are in the [Box]; a row has only the mod-sequence.
    void apply(LogRecord.Annotated r) {
        for (LogRecord.Annotated.Part part : r.parts()) {
            UidSet uids = part.uids();
            for (int run = 0; run < uids.runs() && !r.again(); run++) {
                long last = uids.last(run);
                recentChanges.add(r.modSeq(), uids.first(run), last);
                int count = rows.count();
                for (int row = rows.atOrAfter(uids.first(run)); row < count; row++) {
                    long[] words = rows.words(row);
                    int at = Rows.offset(row);
                    if (Row.uid(words, at) > last) {
                        break;
                    }
                    if (Row.modSeq(words, at) < r.modSeq() && !Row.expunged(words, at)) {
                        unwritten.note(words, at);
                        Row.modSeqAndState(words, at, r.modSeq(), Row.system(words, at) | Row.DIRTY);
                    }
                }
            }
        }
        changed();
    }

    void apply(LogRecord.Expunged r) {
        UidSet uids = r.uids();
        for (int run = 0; run < uids.runs(); run++) {
            long last = uids.last(run);
            for (int row = rows.atOrAfter(uids.first(run)); row < rows.count() && rows.uid(row) <= last; row++) {
                unwritten.note(rows.words(row), Rows.offset(row));
                rows.markExpunged(row, r.modSeq());
            }
        }
        vanished.add(uids, r.modSeq(), r.seconds());
        live.remove(uids);
        sweep();
        changed();
    }

    /// Drops tombstones when there are many, but not those that a held view shows.
    private void sweep() {
        if (!rows.wasteful()) {
            return;
        }
        long heldFrom = rows.expunged() > MOST_HELD ? Holds.NONE : holds.lowest();
        if (heldFrom != Holds.NONE && heldFrom <= sweptThrough) {
            return;
        }
        sweptThrough = heldFrom == Holds.NONE ? sweptThrough : heldFrom;
        drop(heldFrom);
    }

    private void drop(long heldFrom) {
        if (rows.dropExpunged(heldFrom)) {
            unwritten.renumbered();
            index = index.broken();
            version++;
        }
    }

    /// Somebody who went by a view of mod-sequence `before` goes by one of `now`; see [Holds].
    void hold(long before, long now) {
        synchronized (box) {
            long lowest = holds.lowest();
            holds.move(before, now);
            if (holds.lowest() != lowest) {
                sweep();
            }
        }
    }

    private void changed() {
        live.changed();
        version++;
    }

    // ---- asking

    /// Bytes of heap, about.
    long size() {
        synchronized (box) {
            return 512 + rows.footprint() + live.bytes() + 16L * vanished.entries();
        }
    }

    /// The digest file, when the mailbox is of those that have one.
    @Nullable
    DigestFile digests() {
        return digests;
    }

    void digests(@Nullable DigestFile file) {
        digests = file;
    }

    /// Where the body of a message lies now; the row may have been moved since it was read.
    long bodyOf(long uid, SegmentGoneException gone) throws SegmentGoneException {
        synchronized (box) {
            int row = rows.find(uid);
            if (row < 0) {
                throw gone;
            }
            return Row.body(rows.words(row), Rows.offset(row));
        }
    }

    /// Counts the living rows' bodies as used.
    void weigh(Usage usage) {
        synchronized (box) {
            for (int row = 0; row < rows.count(); row++) {
                long[] words = rows.words(row);
                int at = Rows.offset(row);
                if (!Row.expunged(words, at)) {
                    usage.add(Row.body(words, at), Row.weight(words, at));
                }
            }
        }
    }

    /// Compaction: rows of messages gone whose bodies go with the segment are not worth keeping, unless held.
    ///
    /// @return true when some of these are held: then the segment must stay until they are not
    boolean dropTombstones(long from, long to) {
        synchronized (box) {
            long heldFrom = holds.lowest();
            boolean any = false;
            boolean held = false;
            for (int row = 0; row < rows.count() && rows.expunged() > 0; row++) {
                long[] words = rows.words(row);
                int at = Rows.offset(row);
                if (Row.expunged(words, at) && within(words, at, from, to)) {
                    any = true;
                    held |= Row.modSeq(words, at) > heldFrom;
                }
            }
            if (any) {
                drop(heldFrom);
            }
            return held;
        }
    }

    private static boolean within(long[] words, int at, long from, long to) {
        long body = Row.body(words, at);
        long head = Row.head(words, at);
        return body >= from && body < to || head >= from && head < to;
    }

    // ---- for the index file

    IndexState index() {
        return index;
    }

    void index(IndexState now) {
        index = now;
    }

    UnwrittenRows unwritten() {
        return unwritten;
    }

    int rowsNow() {
        synchronized (box) {
            return rows.count();
        }
    }

    /// Counters from the rows themselves: what the catalog must agree with. Under the monitor.
    Counters recount() {
        long messages = 0;
        long unseen = 0;
        long deleted = 0;
        long deletedBytes = 0;
        long bytes = 0;
        for (int row = 0; row < rows.count(); row++) {
            long[] words = rows.words(row);
            int at = Rows.offset(row);
            if (Row.expunged(words, at)) {
                continue;
            }
            messages++;
            bytes += Row.size(words, at);
            unseen += ~Row.system(words, at) & SystemFlags.SEEN;
            if ((Row.system(words, at) & SystemFlags.DELETED) != 0) {
                deleted++;
                deletedBytes += Row.size(words, at);
            }
        }
        return new Counters(messages, unseen, deleted, deletedBytes, bytes);
    }
}
