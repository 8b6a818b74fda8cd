package palomar.imap;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import palomar.convert.Converted;
import palomar.convert.Unconvertible;

/// Where conversions are done for all sessions: few at once, on threads of their own, so that neither memory nor the
/// threads of sessions run short. The threads are there only while there is work. Safe for many threads.
final class ConversionDesk {
    private static final int MOST_WAITING = 64;
    private static final long PATIENCE_SECONDS = 30;
    private static final long IDLE_SECONDS = 30;

    /// Nothing is wrong with the conversion, it just can't be done now.
    static final class NotNow extends Exception {
        private static final long serialVersionUID = 1L;

        NotNow(String why, Throwable cause) {
            super(why, cause);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    private final ThreadPoolExecutor threads;

    ConversionDesk(int atOnce) {
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
        if (most > threads.getMaximumPoolSize()) {
            threads.setMaximumPoolSize(most);
            threads.setCorePoolSize(most);
        } else {
            threads.setCorePoolSize(most);
            threads.setMaximumPoolSize(most);
        }
    }

    /// Waits for its turn and for the result.
    Converted convert(Callable<Converted> work) throws Unconvertible, NotNow {
        Future<Converted> result;
        try {
            result = threads.submit(work);
        } catch (RejectedExecutionException full) {
            throw new NotNow("Too many conversions are waiting", full);
        }
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
