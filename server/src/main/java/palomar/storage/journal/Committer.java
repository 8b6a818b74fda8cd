package palomar.storage.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.os.DiskFullException;

/// Group commit: whoever holds `turn` writes what is waiting, syncs once, applies and wakes.
///
/// A waiter that finds the turn free takes it and commits by itself, which saves a lone writer two changes of threads;
/// what has queued up behind it meanwhile is left to the journal's own thread, so that no waiter works for others for
/// long. There is no waiting window: a batch forms while the one before is being synced.
///
/// Lock order: `turn`, then `queueLock`. No lock is held while a waiter is woken that the waiter needs.
final class Committer {
    private static final String REFUSED = "the mail store refuses writes until it is opened again";

    private final SegmentStore store;
    private final JournalSettings settings;
    private final Event event;
    private final BatchWriter writer;
    private final Thread thread;

    private final ReentrantLock queueLock = new ReentrantLock();
    private final Condition work = queueLock.newCondition();

    // guarded by queueLock
    private final Deque<Commit> queue = new ArrayDeque<>();
    private boolean closing;
    private boolean wanted;

    private final ReentrantLock turn = new ReentrantLock();

    // written under turn
    private long syncedLsn;
    private boolean timerRuns;
    private volatile boolean unsynced;
    private volatile long unsyncedSince;
    private volatile long committedLsn;
    private volatile @Nullable MailException failure;

    Committer(SegmentStore store, FrameCodec codec, JournalSettings settings, Event event) {
        this.store = store;
        this.settings = settings;
        this.event = event;
        this.writer = new BatchWriter(store, codec);
        this.syncedLsn = store.endLsn();
        this.committedLsn = syncedLsn;
        this.thread = Thread.ofPlatform().daemon().name("journal-" + store.shard()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    long committedLsn() {
        return committedLsn;
    }

    @Nullable MailException failure() {
        return failure;
    }

    Commit submit(Group group, Durability durability, Applied applied) {
        if (group.isEmpty()) {
            throw new IllegalArgumentException("an empty group");
        }
        Commit commit = new Commit(this, group, durability, applied);
        queueLock.lock();
        try {
            if (closing) {
                throw new MailException(MailError.UNAVAILABLE, "the mail store is closing");
            }
            MailException failed = failure;
            if (failed != null) {
                throw new MailException(failed.kind(), failed.getMessage(), failed);
            }
            queue.add(commit);
        } finally {
            queueLock.unlock();
        }
        return commit;
    }

    /// Called by a waiter: commits at once when nobody else does, else makes sure that somebody will.
    void help(Commit commit) {
        boolean timerWanted = false;
        if (turn.tryLock()) {
            try {
                if (!commit.done()) {
                    commitBatch();
                }
                timerWanted = unsynced && !timerRuns;
                timerRuns |= timerWanted;
            } finally {
                turn.unlock();
            }
        }
        if (timerWanted || !commit.done() || !isQueueEmpty()) {
            wakeThread();
        }
    }

    private boolean isQueueEmpty() {
        queueLock.lock();
        try {
            return queue.isEmpty();
        } finally {
            queueLock.unlock();
        }
    }

    void wakeThread() {
        queueLock.lock();
        try {
            wanted = true;
            work.signal();
        } finally {
            queueLock.unlock();
        }
    }

    private void run() {
        while (waitForWork()) {
            turn.lock();
            try {
                while (commitBatch()) {
                    // as long as something is waiting
                }
                syncWhenDue();
                timerRuns = unsynced;
            } finally {
                turn.unlock();
            }
        }
    }

    /// @return false when the journal closes and nothing is left to do
    private boolean waitForWork() {
        queueLock.lock();
        try {
            while (queue.isEmpty() && !closing && !wanted) {
                if (!unsynced) {
                    work.awaitUninterruptibly();
                } else if (work.awaitNanos(untilDue()) <= 0) {
                    return true;
                }
            }
            wanted = false;
            return !closing || !queue.isEmpty();
        } catch (InterruptedException nobodyInterruptsUs) {
            return true;
        } finally {
            queueLock.unlock();
        }
    }

    /// Takes what is waiting, as far as it fits, and commits it. Holds `turn`.
    ///
    /// @return false when nothing was waiting
    private boolean commitBatch() {
        List<Commit> batch = new ArrayList<>();
        long bytes = take(batch);
        if (batch.isEmpty()) {
            return false;
        }
        MailException refusal = failure;
        if (refusal == null) {
            refusal = write(batch, bytes);
        }
        if (refusal != null) {
            for (Commit commit : batch) {
                commit.refused(refusal);
            }
        }
        return true;
    }

    private long take(List<Commit> batch) {
        long bytes = 0;
        long room = store.room();
        queueLock.lock();
        try {
            while (!queue.isEmpty() && batch.size() < settings.maxBatchGroups()) {
                long length = queue.getFirst().group.length();
                boolean fits = bytes + length <= settings.maxBatchBytes() && (bytes + length <= room || bytes == 0);
                if (!batch.isEmpty() && !fits) {
                    break;
                }
                bytes += length;
                batch.add(queue.removeFirst());
            }
        } finally {
            queueLock.unlock();
        }
        return bytes;
    }

    /// @return null when the batch is committed, applied and its waiters woken, else why not
    private @Nullable MailException write(List<Commit> batch, long bytes) {
        if (bytes > store.room()) {
            MailException refusal = roll(bytes);
            if (refusal != null) {
                return refusal;
            }
        }
        long start = store.endLsn();
        long[] lsns = new long[batch.size()];
        try {
            writer.begin(bytes, syncedLsn);
            for (int i = 0; i < lsns.length; i++) {
                lsns[i] = writer.put(batch.get(i).group);
            }
            writer.flush();
        } catch (IOException e) {
            return refuse(start, e);
        }
        noteUnsynced();
        int written = 0;
        while (written < lsns.length && batch.get(written).durability == Durability.WRITTEN) {
            finish(batch.get(written), lsns[written]);
            written++;
        }
        if (written < lsns.length || overdue()) {
            MailException refusal = sync();
            if (refusal != null) {
                batch.subList(0, written).clear();
                return refusal;
            }
        }
        for (int i = written; i < lsns.length; i++) {
            finish(batch.get(i), lsns[i]);
        }
        return null;
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

    private @Nullable MailException roll(long bytes) {
        MailException refusal = sync();
        if (refusal != null) {
            return refusal;
        }
        try {
            store.roll(bytes);
            return null;
        } catch (DiskFullException e) {
            return full(e);
        } catch (IOException e) {
            return fail("the next segment could not be opened", e);
        }
    }

    private MailException full(DiskFullException e) {
        event.error("journal.full", "the disk is full: new mail is refused until there is space", e);
        return new MailException(MailError.DISK_FULL, "the server's disk is full", e);
    }

    /// A failed write: back to where the batch began, then on as if nothing had been; else the end.
    private MailException refuse(long start, IOException e) {
        if (e instanceof FencedException) {
            return fail("the shard was taken over by another opening", e);
        }
        try {
            store.rewind(start);
        } catch (IOException again) {
            e.addSuppressed(again);
            return fail("a write failed and could not be taken back", e);
        }
        if (e instanceof DiskFullException full) {
            return full(full);
        }
        event.error("journal.write", "a write failed and was taken back", e);
        return new MailException(MailError.UNAVAILABLE, "the mail could not be stored just now", e);
    }

    private @Nullable MailException sync() {
        if (!unsynced) {
            return null;
        }
        try {
            store.sync();
        } catch (IOException e) {
            return fail("a sync failed: what was written since the last one is unknown", e);
        }
        syncedLsn = store.endLsn();
        unsynced = false;
        timerRuns = false;
        return null;
    }

    private void noteUnsynced() {
        if (!unsynced) {
            unsyncedSince = System.nanoTime();
            unsynced = true;
        }
    }

    private long untilDue() {
        return unsyncedSince + settings.lazySync().toNanos() - System.nanoTime();
    }

    private boolean overdue() {
        return unsynced && untilDue() <= 0;
    }

    private void syncWhenDue() {
        if (failure == null && overdue()) {
            sync();
        }
    }

    private MailException fail(String what, Exception cause) {
        MailException failed = new MailException(MailError.UNAVAILABLE, REFUSED, cause);
        failure = failed;
        event.error("journal.failed", what + "; the shard is read-only until it is opened again", cause);
        return failed;
    }

    /// Makes everything committed so far durable.
    void syncNow() {
        turn.lock();
        try {
            MailException failed = failure != null ? failure : sync();
            if (failed != null) {
                throw new MailException(failed.kind(), failed.getMessage(), failed);
            }
        } finally {
            turn.unlock();
        }
    }

    /// Lets a caller do something with the store while nothing is committed.
    void roll() throws IOException {
        turn.lock();
        try {
            MailException refusal = failure != null ? failure : roll(1);
            if (refusal != null) {
                throw new MailException(refusal.kind(), refusal.getMessage(), refusal);
            }
        } finally {
            turn.unlock();
        }
    }

    /// Commits what is waiting, refuses what comes later, and ends the thread. The store stays open.
    void close() {
        queueLock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            queueLock.unlock();
        }
        join();
        turn.lock();
        try {
            while (commitBatch()) {
                // what came in between
            }
            if (failure == null) {
                sync();
            }
        } finally {
            turn.unlock();
        }
    }

    private void join() {
        boolean interrupted = false;
        while (true) {
            try {
                if (thread.join(Duration.ofDays(1))) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
