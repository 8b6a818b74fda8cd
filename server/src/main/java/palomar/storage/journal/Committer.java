package palomar.storage.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import palomar.mail.MailError;
import palomar.mail.MailException;

/// Group commit: one platform thread writes what is waiting, syncs once, applies and wakes, then takes what came
/// in meanwhile. There is no waiting window. docs/decisions/0011 has the measurement against waiters that commit
/// themselves.
///
/// Lock order: `LogTail.turn`, then `lock`.
final class Committer {
    private final JournalSettings settings;
    private final LogTail tail;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    // guarded by lock
    private final Deque<Commit> queue = new ArrayDeque<>();
    private boolean waiting;
    private boolean closing;

    Committer(LogTail tail, JournalSettings settings, String name) {
        this.settings = settings;
        this.tail = tail;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    Commit submit(Group group, Durability durability, Applied applied) {
        if (group.isEmpty()) {
            throw new IllegalArgumentException("an empty group");
        }
        Commit commit = new Commit(group, durability, applied);
        lock.lock();
        try {
            MailException failed = tail.failure();
            if (failed != null) {
                if (waiting) {
                    // It may not know yet that there is a failure to get over.
                    work.signal();
                }
                throw new MailException(failed.kind(), failed.getMessage(), failed);
            }
            if (closing) {
                throw new MailException(MailError.UNAVAILABLE, "the mail store is closing");
            }
            queue.add(commit);
            if (waiting) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
        return commit;
    }

    private void run() {
        while (waitForWork()) {
            tail.turn.lock();
            try {
                for (List<Commit> batch = take(); !batch.isEmpty(); batch = take()) {
                    tail.commit(batch);
                }
                tail.doChores();
            } finally {
                tail.turn.unlock();
            }
        }
    }

    /// @return false when the journal closes and nothing is left to do
    private boolean waitForWork() {
        lock.lock();
        try {
            waiting = true;
            while (queue.isEmpty() && !closing) {
                long nanos = tail.untilDue();
                if (nanos == Long.MAX_VALUE) {
                    work.awaitUninterruptibly();
                } else if (work.awaitNanos(nanos) <= 0) {
                    return true;
                }
            }
            return !queue.isEmpty();
        } catch (InterruptedException nobodyInterruptsUs) {
            return true;
        } finally {
            waiting = false;
            lock.unlock();
        }
    }

    /// What is waiting, as far as it may be written and synced at once. Under `turn`.
    private List<Commit> take() {
        List<Commit> batch = new ArrayList<>();
        long most = Math.min(settings.maxBatchBytes(), tail.room());
        long bytes = 0;
        lock.lock();
        try {
            while (!queue.isEmpty() && batch.size() < settings.maxBatchGroups()) {
                bytes += queue.getFirst().group.length();
                if (!batch.isEmpty() && bytes > most) {
                    break;
                }
                batch.add(queue.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        return batch;
    }

    /// Commits what is waiting, refuses what comes later, and ends the thread. The store stays open.
    void close() {
        lock.lock();
        try {
            closing = true;
            work.signal();
        } finally {
            lock.unlock();
        }
        join();
        tail.turn.lock();
        try {
            tail.sync();
        } finally {
            tail.turn.unlock();
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
