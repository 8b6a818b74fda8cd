package palomar.storage.loft.v1;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;

/// The store's background work, one thing at a time on one thread: index files, checkpoints, compaction. Nobody
/// waits for it, and nothing is lost when it does not get around to something.
final class Keeper implements AutoCloseable {
    /// One thing to do.
    interface Task {
        void run();
    }

    private final List<Shard> shards;
    private final Event event;
    private final Duration period;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    // Guarded by the lock.
    private final Deque<Task> tasks = new ArrayDeque<>();
    private boolean closing;

    Keeper(List<Shard> shards, Duration period, Event event) {
        this.shards = shards;
        this.event = event;
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
            run(task);
            if (System.nanoTime() - last >= period.toNanos()) {
                shards.forEach(shard -> run(shard::checkpoint));
                shards.forEach(shard -> run(shard::compact));
                last = System.nanoTime();
            }
        }
    }

    /// A bug in one thing must not keep the others from being done for as long as the server runs.
    private void run(Task task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            event.error("loft.keeper", "background work failed; the mail is safe in the log", e);
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
