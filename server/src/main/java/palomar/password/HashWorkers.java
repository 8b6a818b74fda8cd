package palomar.password;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Where costly hashes are computed: few platform threads, so that a storm of logins never takes the carriers
/// of the virtual threads on which all sessions run. Callers wait in order, and not for ever. Safe for many
/// threads.
final class HashWorkers implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final int memoryKib;
    private final Duration patience;
    private final Semaphore turns;
    private final Semaphore memory;
    private final ThreadPoolExecutor threads;

    HashWorkers(int threads, int memoryKib, Duration patience) {
        this.memoryKib = memoryKib;
        this.patience = patience;
        this.turns = new Semaphore(threads, true);
        this.memory = new Semaphore(memoryKib, true);
        this.threads = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("password-", 0).daemon().factory());
        this.threads.allowCoreThreadTimeOut(true);
    }

    /// True when one hash may hold this much.
    boolean fits(long kib) {
        return kib <= memoryKib;
    }

    /// Runs the work on a worker; empty when its turn did not come in time, or the caller was interrupted (its
    /// interrupt status stays set).
    ///
    /// @param kib memory that it holds; must fit
    <T> Optional<T> run(long kib, Supplier<T> work) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            if (!memory.tryAcquire((int) kib, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
            try {
                if (!turns.tryAcquire(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    return Optional.empty();
                }
                try {
                    return Optional.of(finish(work));
                } finally {
                    turns.release();
                }
            } finally {
                memory.release((int) kib);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Waits even when interrupted: the permits may be given back only when the worker is really done.
    private <T> T finish(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        threads.execute(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("hashing a password failed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Lets running work end; further work is refused by the executor.
    @Override
    public void close() {
        threads.shutdown();
    }
}
