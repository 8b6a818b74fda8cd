package palomar.storage.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.os.DiskFullException;

/// The end of the log: writes batches of groups, syncs them, and decides what a failure means.
///
/// All that changes it runs under [#turn]; the volatile fields may be read by anyone.
final class LogTail {
    private static final String REFUSED = "the mail store can't write just now";

    /// Held by whoever changes the end of the log.
    final ReentrantLock turn = new ReentrantLock();

    private final SegmentStore store;
    private final Event event;
    private final BatchWriter writer;
    private final FrameCodec codec;
    private final long lazySyncNanos;
    private final long recoveryPauseNanos;

    private long syncedLsn;
    private boolean full;

    private volatile boolean unsynced;
    private volatile long unsyncedSince;
    private volatile long committedLsn;
    private volatile @Nullable MailException failure;

    /// The failure is the disk's: when that works again, the log goes on in a new segment.
    private volatile boolean recoverable;

    private volatile long triedToRecover;

    LogTail(SegmentStore store, FrameCodec codec, JournalSettings settings, Event event) {
        this(store, codec, settings, event, store.endLsn());
    }

    private LogTail(SegmentStore store, FrameCodec codec, JournalSettings settings, Event event, long endLsn) {
        this.store = store;
        this.event = event;
        this.writer = new BatchWriter(store, codec);
        this.codec = codec;
        this.recoveryPauseNanos = settings.recoveryPause().toNanos();
        this.lazySyncNanos = settings.lazySync().toNanos();
        this.syncedLsn = endLsn;
        this.committedLsn = endLsn;
    }

    /// The end of a log that nobody may write.
    static LogTail inspected(SegmentStore store, FrameCodec codec, Event event, long endLsn) {
        LogTail tail = new LogTail(store, codec, JournalSettings.DEFAULTS, event, endLsn);
        tail.failure = new MailException(MailError.UNAVAILABLE, "the mail store is open for looking only");
        return tail;
    }

    long committedLsn() {
        return committedLsn;
    }

    @Nullable
    MailException failure() {
        return failure;
    }

    /// What has to be done without being asked.
    private boolean hasChore() {
        return failure == null ? unsynced : recoverable;
    }

    /// Nanoseconds until what was only written must be synced, or until the next attempt after a failure; 0 or
    /// less when it is time, `Long.MAX_VALUE` when nothing is to be done.
    long untilDue() {
        if (!hasChore()) {
            return Long.MAX_VALUE;
        }
        return failure == null
                ? unsyncedSince + lazySyncNanos - System.nanoTime()
                : triedToRecover + recoveryPauseNanos - System.nanoTime();
    }

    /// Syncs, or tries to go on after a failure, when it is time.
    void doChores() {
        if (untilDue() > 0) {
            return;
        }
        if (failure == null) {
            sync();
        } else {
            recover();
        }
    }

    /// Bytes that fit the current segment.
    long room() {
        return store.room();
    }

    /// Commits a batch: every waiter of it is answered when this returns. The list is used up.
    void commit(List<Commit> batch) {
        List<Commit> all = List.copyOf(batch);
        MailException refusal;
        try {
            refusal = tryToCommit(batch);
        } catch (RuntimeException | Error bug) {
            // without this thread every writer would wait for ever
            refusal = fail("the journal has a bug", bug);
            batch.addAll(all);
        }
        for (Commit commit : batch) {
            commit.refused(refusal == null ? unavailable(null) : refusal);
        }
    }

    private @Nullable MailException tryToCommit(List<Commit> batch) {
        MailException refusal = failure;
        while (refusal == null && !batch.isEmpty()) {
            refusal = write(batch);
        }
        boolean full = refusal != null && refusal.kind() == MailError.DISK_FULL;
        return refusal != null && full ? spendReserve(batch, refusal) : refusal;
    }

    /// For what is not in a group; the next write that succeeds keeps space again.
    boolean spendReserve() throws IOException {
        full = true;
        return store.spendReserve();
    }

    /// On a full disk, groups that free space get the space that was kept back for them.
    private MailException spendReserve(List<Commit> batch, MailException refusal) {
        List<Commit> freeing = new ArrayList<>(batch);
        freeing.removeIf(commit -> !commit.group.mayUseReserve());
        if (freeing.isEmpty()) {
            return refusal;
        }
        try {
            if (!store.spendReserve()) {
                return refusal;
            }
        } catch (IOException e) {
            event.warn("journal.reserve", "the space kept back for a full disk could not be used", "cause", e);
            return refusal;
        }
        batch.removeAll(freeing);
        MailException refusedEven = null;
        while (refusedEven == null && !freeing.isEmpty()) {
            refusedEven = write(freeing);
        }
        batch.addAll(freeing);
        return refusedEven == null ? refusal : refusedEven;
    }

    /// Writes, syncs when asked for, applies. Commits that got their answer leave the batch.
    ///
    /// @return null when the rest of the batch may be tried again (mostly nothing is left of it), else why not
    private @Nullable MailException write(List<Commit> batch) {
        long bytes = 0;
        for (Commit commit : batch) {
            bytes += commit.group.length();
        }
        MailException refusal = bytes > store.room() ? roll(bytes) : null;
        if (refusal != null) {
            return refusal;
        }
        long start = store.endLsn();
        long[] lsns = new long[batch.size()];
        int at = 0;
        try {
            writer.begin(bytes, syncedLsn);
            for (; at < lsns.length; at++) {
                lsns[at] = writer.put(batch.get(at).group);
            }
            writer.flush();
        } catch (BatchWriter.BodyGoneException e) {
            refusal = takeBack(start, e);
            batch.remove(at).refused(refusal == null ? unavailable(e) : refusal);
            return refusal;
        } catch (IOException e) {
            refusal = takeBack(start, e);
            return refusal == null ? refuse(e) : refusal;
        }
        noteWritten();
        return finish(batch, lsns);
    }

    private @Nullable MailException finish(List<Commit> batch, long[] lsns) {
        int done = 0;
        while (done < lsns.length && batch.get(done).durability == Durability.WRITTEN) {
            finish(batch.get(done), lsns[done]);
            done++;
        }
        MailException refusal = done < lsns.length || untilDue() <= 0 ? sync() : null;
        while (refusal == null && done < lsns.length) {
            finish(batch.get(done), lsns[done]);
            done++;
        }
        batch.subList(0, done).clear();
        return refusal;
    }

    private void finish(Commit commit, long lsn) {
        try {
            commit.applied.applied(lsn);
        } catch (RuntimeException e) {
            fail("what a group does to the index failed; the index is rebuilt at the next opening", e);
        }
        committedLsn = lsn + commit.group.length();
        commit.succeeded(lsn);
    }

    private void noteWritten() {
        if (!unsynced) {
            unsyncedSince = System.nanoTime();
            unsynced = true;
        }
        if (full) {
            full = false;
            event.info("journal.space", "the disk has space again: mail is accepted");
            keepReserve();
        }
    }

    /// A reserve that can't be made is no reason to refuse anything.
    void keepReserve() {
        try {
            store.keepReserve();
        } catch (IOException e) {
            event.warn("journal.reserve", "no space can be kept back for a full disk", "cause", e);
        }
    }

    /// Opens the next segment.
    @Nullable
    MailException roll(long bytes) {
        MailException refusal = failure != null ? failure : sync();
        if (refusal != null) {
            return refusal;
        }
        try {
            store.roll(bytes);
            return null;
        } catch (DiskFullException e) {
            return refuse(e);
        } catch (IOException e) {
            return failForNow("the next segment could not be opened", e);
        }
    }

    /// Makes everything written so far durable.
    @Nullable
    MailException sync() {
        if (failure != null || !unsynced) {
            return failure;
        }
        try {
            store.sync();
        } catch (IOException e) {
            return failForNow("a sync failed: what was written since the last one is unknown", e);
        }
        syncedLsn = store.endLsn();
        unsynced = false;
        return null;
    }

    /// After a failed write: back to where the batch began.
    ///
    /// @return null when the log can go on
    private @Nullable MailException takeBack(long start, IOException because) {
        if (because instanceof FencedException) {
            return fail("the shard was taken over by another opening", because);
        }
        try {
            store.rewind(start);
            return null;
        } catch (IOException e) {
            because.addSuppressed(e);
            return failForNow("a write failed and could not be taken back", because);
        }
    }

    private MailException refuse(IOException because) {
        if (!(because instanceof DiskFullException)) {
            event.error("journal.write", "a write failed and was taken back", because);
            return unavailable(because);
        }
        if (!full) {
            full = true;
            event.error("journal.full", "the disk is full: mail is refused until there is space", because);
        }
        return new MailException(MailError.DISK_FULL, "the server's disk is full", because);
    }

    private static MailException unavailable(@Nullable IOException because) {
        return new MailException(MailError.UNAVAILABLE, "the mail could not be stored just now", because);
    }

    /// The disk failed, so that nobody knows what of the last writes is on it. Pages of a failed sync are not
    /// trusted: no later sync would write them. What was acknowledged is copied into a new segment, and there the
    /// log goes on; what was refused is left behind. At once if possible, else the journal is read-only and tries
    /// again and again.
    ///
    /// @return the refusal for those who were waiting, whether or not the log can go on
    private MailException failForNow(String what, IOException cause) {
        MailException failed = new MailException(MailError.UNAVAILABLE, REFUSED, cause);
        try {
            if (cause instanceof FencedException) {
                throw cause;
            }
            restart();
            event.error("journal.failed", what + "; the shard goes on in a new segment", cause);
        } catch (FencedException e) {
            return fail("the shard was taken over by another opening", e);
        } catch (IOException e) {
            cause.addSuppressed(e);
            recoverable = true;
            failure = failed;
            event.error("journal.failed", what + "; the shard is read-only until the disk works again", cause);
        }
        return failed;
    }

    /// The next attempt.
    private void recover() {
        try {
            restart();
            recoverable = false;
            failure = null;
            event.info("journal.works-again", "the shard is written again, in a new segment", "lsn", store.endLsn());
        } catch (FencedException e) {
            fail("the shard was taken over by another opening", e);
        } catch (IOException e) {
            event.warn("journal.still-failed", "the shard can't be written yet; tried again soon", "why", e);
        }
    }

    private void restart() throws IOException {
        triedToRecover = System.nanoTime();
        long from = syncedLsn;
        long to = committedLsn;
        store.restart(from, to, copy -> sound(copy, from, to));
        syncedLsn = to;
        unsynced = false;
    }

    /// All of what was acknowledged, frame by frame, and nothing else.
    private boolean sound(SegmentStore.Reader copy, long from, long to) throws IOException {
        boolean[] damaged = {false};
        FrameVisitor visitor = new FrameVisitor() {
            @Override
            public void frame(FrameHeader header, byte[] payload) {}

            @Override
            public void damaged(Damage damage) {
                damaged[0] = true;
            }
        };
        long end = new SegmentScan(copy, codec, ScanDepth.EVERYTHING, visitor, false).run(from, to);
        return !damaged[0] && end == to;
    }

    /// For good: what is in memory and what is in the log may not be the same any more.
    private MailException fail(String what, Throwable cause) {
        recoverable = false;
        MailException failed = new MailException(MailError.UNAVAILABLE, REFUSED, cause);
        failure = failed;
        event.error("journal.failed", what + "; the shard is read-only until it is opened again", cause);
        return failed;
    }
}
