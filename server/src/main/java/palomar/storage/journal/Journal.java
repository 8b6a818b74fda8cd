package palomar.storage.journal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;

/// The durable log of one shard: groups of frames are appended, committed together, read back by LSN, and
/// replayed.
///
/// Safe for many threads; callers may be virtual threads. The journal owns its [SegmentStore] from [#open] to
/// [#close].
///
/// A write that fails is taken back and refused (DISK_FULL, UNAVAILABLE), and the journal goes on. After a sync
/// that fails, or a write that can't be taken back, what was acknowledged is copied into a new segment, where the
/// journal goes on; the groups under way are refused, and are not in the log then. Until the disk lets it do so
/// the journal is read-only: reads go on, every append is refused with UNAVAILABLE; it tries again each second. A
/// shard that was taken over by another opening stays read-only.
public final class Journal implements AutoCloseable {
    private final SegmentStore store;
    private final FrameCodec codec;
    private final FrameReads reads;
    private final LogTail tail;
    /// None when the log may not be written.
    private final @Nullable Committer committer;

    private final Recovery recovery;

    private Journal(
            SegmentStore store, FrameCodec codec, LogTail tail, @Nullable Committer committer, Recovery recovery) {
        this.store = store;
        this.codec = codec;
        this.tail = tail;
        this.committer = committer;
        this.recovery = recovery;
        this.reads = new FrameReads(store, codec);
    }

    /// Opens a shard's log: replays its whole groups from `fromLsn` to `visitor`, cuts off what a crash tore, and
    /// starts the committer. Damage before the end is reported to the visitor and skipped.
    ///
    /// @param fromLsn the beginning of a group (a checkpoint), or 0 for the whole log
    /// @throws IOException when the store can't be read; the store is closed then
    public static Journal open(
            SegmentStore store, JournalSettings settings, Event event, long fromLsn, FrameVisitor visitor)
            throws IOException {
        FrameCodec codec = new FrameCodec(store.shard());
        boolean opened = false;
        try {
            Recovery recovery = new LogRecovery(store, codec, visitor, event).run(fromLsn);
            LogTail tail = new LogTail(store, codec, settings, event);
            tail.keepReserve();
            Committer committer = new Committer(tail, settings, "journal-" + store.shard());
            committer.start();
            opened = true;
            return new Journal(store, codec, tail, committer, recovery);
        } finally {
            if (!opened) {
                store.close();
            }
        }
    }

    /// Reads the log of a store that is open for inspection: as [#open], but nothing is changed, and every append
    /// is refused with UNAVAILABLE.
    ///
    /// @throws IOException when the store can't be read
    public static Journal inspect(SegmentStore store, Event event, long fromLsn, FrameVisitor visitor)
            throws IOException {
        FrameCodec codec = new FrameCodec(store.shard());
        Recovery recovery = new LogRecovery(store, codec, visitor, event).look(fromLsn);
        return new Journal(store, codec, LogTail.inspected(store, codec, event, recovery.endLsn()), null, recovery);
    }

    /// What [#open] found.
    public Recovery recovery() {
        return recovery;
    }

    /// The epoch of this opening.
    public long epoch() {
        return store.epoch();
    }

    /// Submits and waits: the group is committed as `durability` says, and applied, when this returns.
    ///
    /// @return the group's LSN
    /// @throws MailException see [Commit#await()]
    public long append(Group group, Durability durability, Applied applied) {
        return submit(group, durability, applied).await();
    }

    /// As [#append(Group, Durability, Applied)] for groups that change no derived state.
    public long append(Group group, Durability durability) {
        return append(group, durability, lsn -> {});
    }

    /// Gives the group its place in the order: groups get LSNs in the order of these calls. Does not block, so it
    /// may be called under the lock that gave out UIDs and mod-sequences. The group is on its way then, whether or
    /// not the caller waits by [Commit#await()]; a caller that waits lets go first of every lock that an [Applied]
    /// takes.
    ///
    /// @throws MailException UNAVAILABLE when the journal is read-only or closing
    public Commit submit(Group group, Durability durability, Applied applied) {
        Committer by = committer;
        if (by == null) {
            throw new MailException(MailError.UNAVAILABLE, "the mail store is open for looking only");
        }
        return by.submit(group, durability, applied);
    }

    /// Makes durable what was appended with [Durability#WRITTEN] so far.
    public void sync() {
        underTurn(tail::sync);
    }

    /// Everything before this was committed and applied.
    public long committedLsn() {
        return tail.committedLsn();
    }

    /// Why the journal is read-only, when it is. It may get over it by itself.
    public Optional<MailException> failure() {
        return Optional.ofNullable(tail.failure());
    }

    /// Reads one frame; of a body its block table only.
    ///
    /// @throws DamagedFrameException when what stands there is not sound
    /// @throws SegmentGoneException when the segment was deleted meanwhile
    public Frame read(long lsn) throws IOException {
        return reads.frame(lsn);
    }

    /// The content of the body at `lsn`, decoded as it is read; partial reads touch only their blocks of 128 KiB.
    /// May be kept: each reading opens anew and throws SegmentGoneException once the segment is gone; a stream
    /// already open keeps its segment. Wrong bytes are never given out: a stream throws DamagedFrameException
    /// instead.
    public ByteSource body(long lsn) throws IOException {
        return reads.body(lsn);
    }

    /// As [#body(long)] without reading anything now, for callers that know the content's length (from an index
    /// row). A stream of it throws DamagedFrameException when that length is wrong.
    public ByteSource body(long lsn, long rawLength) {
        return reads.body(lsn, rawLength);
    }

    /// The body at `lsn` as it is stored, for appending it again (compaction) without decoding.
    public EncodedBody encodedBody(long lsn) throws IOException {
        return reads.encoded(lsn);
    }

    /// Visits the committed groups from `fromLsn` (the beginning of a group) to `toLsn` at most. Damage is
    /// reported and skipped. Segments that are deleted meanwhile are left out.
    ///
    /// @return where the scan ended
    public long scan(long fromLsn, long toLsn, ScanDepth depth, FrameVisitor visitor) throws IOException {
        long end = Math.min(toLsn, committedLsn());
        long at = fromLsn;
        for (SegmentStore.Segment segment : store.segments()) {
            if (segment.endLsn() <= fromLsn || segment.firstLsn() >= end) {
                continue;
            }
            try (SegmentStore.Reader reader = store.reader(segment.firstLsn())) {
                at = new SegmentScan(reader, codec, depth, visitor, false).run(fromLsn, end);
            } catch (SegmentGoneException compacted) {
                at = segment.endLsn();
            }
        }
        return at;
    }

    /// Looks through the whole log while it is in use: see [LogReport].
    public LogReport report(ScanDepth depth) throws IOException {
        return LogReport.of(store, depth);
    }

    /// The segments as they are now, in LSN order.
    public List<SegmentStore.Segment> segments() {
        return store.segments();
    }

    /// Ends the current segment, so that it can be compacted or copied; appending goes on in a new one.
    ///
    /// @throws MailException DISK_FULL, UNAVAILABLE
    public void roll() {
        underTurn(() -> tail.roll(1));
    }

    private void underTurn(Supplier<@Nullable MailException> work) {
        tail.turn.lock();
        try {
            MailException refusal = work.get();
            if (refusal != null) {
                throw new MailException(refusal.kind(), refusal.getMessage(), refusal);
            }
        } finally {
            tail.turn.unlock();
        }
    }

    /// Drops a sealed segment once its readers are gone. The caller has re-logged what was still needed, durably.
    public void deleteSegment(long firstLsn) throws IOException {
        store.delete(firstLsn);
    }

    /// Holds the segment of `lsn` readable until the result is closed.
    public SegmentStore.Reader pin(long lsn) throws IOException {
        return store.reader(lsn);
    }

    /// Gives back the space that is kept for a full disk, for a blob that helps to free more.
    ///
    /// @return false when none is kept
    public boolean spendReserve() throws IOException {
        tail.turn.lock();
        try {
            return tail.spendReserve();
        } finally {
            tail.turn.unlock();
        }
    }

    /// Replaces a named blob durably in one step. Not part of any group; see [SegmentStore#putBlob].
    public void putBlob(String name, ByteSource content) throws IOException {
        store.putBlob(name, content);
    }

    public Optional<ByteSource> blob(String name) throws IOException {
        return store.blob(name);
    }

    public boolean deleteBlob(String name) throws IOException {
        return store.deleteBlob(name);
    }

    public List<String> blobs() throws IOException {
        return store.blobs();
    }

    /// Commits what is waiting, syncs, seals the last segment and lets go of the shard. Appends are refused from
    /// now on.
    @Override
    public void close() throws IOException {
        if (committer != null) {
            committer.close();
        }
        store.close();
    }
}
