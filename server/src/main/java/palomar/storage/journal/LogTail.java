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
    private static final String REFUSED = "the mail store refuses writes until it is opened again";

    /// Held by whoever changes the end of the log.
    final ReentrantLock turn = new ReentrantLock();

    private final SegmentStore store;
    private final Event event;
    private final BatchWriter writer;
    private final long lazySyncNanos;

    private long syncedLsn;
    private boolean full;

    private volatile boolean unsynced;
    private volatile long unsyncedSince;
    private volatile long committedLsn;
    private volatile @Nullable MailException failure;

    LogTail(SegmentStore store, FrameCodec codec, JournalSettings settings, Event event) {
        this.store = store;
        this.event = event;
        this.writer = new BatchWriter(store, codec);
        this.lazySyncNanos = settings.lazySync().toNanos();
        this.syncedLsn = store.endLsn();
        this.committedLsn = syncedLsn;
    }

    long committedLsn() {
        return committedLsn;
    }

    @Nullable
    MailException failure() {
        return failure;
    }

    boolean unsynced() {
        return unsynced;
    }

    /// Nanoseconds until what was only written must be synced; 0 or less when it is time.
    long untilDue() {
        return unsyncedSince + lazySyncNanos - System.nanoTime();
    }

    private boolean overdue() {
        return unsynced && untilDue() <= 0;
    }

    void syncWhenDue() {
        if (failure == null && overdue()) {
            sync();
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
        MailException refusal = done < lsns.length || overdue() ? sync() : null;
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
            return fail("the next segment could not be opened", e);
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
            return fail("a sync failed: what was written since the last one is unknown", e);
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
            return fail("a write failed and could not be taken back", because);
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

    private MailException fail(String what, Throwable cause) {
        MailException failed = new MailException(MailError.UNAVAILABLE, REFUSED, cause);
        failure = failed;
        event.error("journal.failed", what + "; the shard is read-only until it is opened again", cause);
        return failed;
    }
}
