package palomar.storage.loft.v1;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The store's background work, one thing at a time on one thread: index files, checkpoints, compaction. Nobody waits
/// for it, and nothing is lost when it does not get around to something.
final class Keeper implements AutoCloseable {
    /// One thing to do.
    interface Task {
        void run();
    }

    private final List<Shard> shards;
    private final Duration period;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    // Guarded by the lock.
    private final Deque<Task> tasks = new ArrayDeque<>();
    private boolean closing;

    Keeper(List<Shard> shards, Duration period) {
        this.shards = shards;
        this.period = period;
        this.thread = Thread.ofPlatform().daemon().name("loft-keeper").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Queues something; refused silently once the store closes.
    void add(Task task) {
        lock.lock();
        try {
            if (!closing) {
                tasks.add(task);
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long last = System.nanoTime();
        while (true) {
            Task task = next(last + period.toNanos() - System.nanoTime());
            if (task == null) {
                return;
            }
            task.run();
            if (System.nanoTime() - last >= period.toNanos()) {
                shards.forEach(Shard::checkpoint);
                last = System.nanoTime();
            }
        }
    }

    /// The next task, one that does nothing when the time is up, or null when the store closes.
    private @Nullable Task next(long nanos) {
        long left = nanos;
        lock.lock();
        try {
            while (tasks.isEmpty() && !closing && left > 0) {
                left = work.awaitNanos(left);
            }
            if (closing) {
                return null;
            }
            Task task = tasks.poll();
            return task != null ? task : () -> {};
        } catch (InterruptedException nobodyInterruptsUs) {
            return () -> {};
        } finally {
            lock.unlock();
        }
    }

    /// Ends after the task under way.
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            tasks.clear();
            work.signal();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
