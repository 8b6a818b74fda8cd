package palomar.imap;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import palomar.convert.Converted;
import palomar.convert.Unconvertible;

/// Where conversions are done for all sessions: few at once, on threads of their own, so that neither memory nor
/// the threads of sessions run short. The threads are there only while there is work. Safe for many threads.
///
/// A session has a turn from before its conversion until the result has gone to the client, so that slow clients
/// can't fill the memory with results either.
final class ConversionDesk {
    private static final int MOST_WAITING = 64;
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Turns for each conversion that may run at once: that many results are on their way to clients.
    private static final int TURNS = 4;

    /// A result of this size is no burden.
    private static final int SMALL = 64 << 10;
    private static final long IDLE_SECONDS = 30;

    /// Nothing is wrong with the conversion, it just can't be done now.
    static final class NotNow extends Exception {
        private static final long serialVersionUID = 1L;

        NotNow(String why, @Nullable Throwable cause) {
            super(why, cause);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /// The right to have a large result in memory; closed more than once it is given back once. One thread.
    static final class Turn implements AutoCloseable {
        private final Turns turns;
        private boolean open;

        private Turn(Turns turns, boolean open) {
            this.turns = turns;
            this.open = open;
        }

        boolean taken() {
            return open;
        }

        /// The result is known: a small one needs no turn any more.
        void has(int bytes) {
            if (bytes <= SMALL) {
                close();
            }
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                turns.release();
            }
        }
    }

    /// As many as there may be, which can become fewer.
    private static final class Turns extends Semaphore {
        private static final long serialVersionUID = 1L;

        private int all;

        Turns(int all) {
            super(all, true);
            this.all = all;
        }

        synchronized void all(int wanted) {
            if (wanted > all) {
                release(wanted - all);
            } else {
                reducePermits(all - wanted);
            }
            all = wanted;
        }
    }

    private final Duration patience;
    private final ThreadPoolExecutor threads;
    private final Turns turns;

    /// @param patience how long a session waits for a turn, and for its result
    ConversionDesk(int atOnce, Duration patience) {
        this.patience = patience;
        turns = new Turns(atOnce * TURNS);
        threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("convert-", 1).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// Other limits from now on; what runs goes on.
    void atOnce(int most) {
        turns.all(most * TURNS);
        if (most > threads.getMaximumPoolSize()) {
            threads.setMaximumPoolSize(most);
            threads.setCorePoolSize(most);
        } else {
            threads.setCorePoolSize(most);
            threads.setMaximumPoolSize(most);
        }
    }

    /// Waits for a turn; it may not be taken when that takes too long.
    Turn turn() {
        try {
            return new Turn(turns, turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Turn(turns, false);
        }
    }

    /// Waits for a thread and for the result. With a turn only.
    Converted convert(Callable<Converted> work) throws Unconvertible, NotNow {
        Future<Converted> result;
        try {
            result = threads.submit(work);
        } catch (RejectedExecutionException full) {
            throw new NotNow("Too many conversions are waiting", full);
        }
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            // Not interrupted: that would close the file from which it reads.
            result.cancel(false);
            throw new NotNow("The conversion takes too long", late);
        } catch (InterruptedException stopped) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            throw new NotNow("The server is stopping", stopped);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Unconvertible refused) {
                throw refused;
            }
            // Damage of the store, memory that is not there, an image library that is not installed.
            throw new NotNow("The conversion failed", failed);
        }
    }
}
