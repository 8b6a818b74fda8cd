package palomar.net;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/// Lets only so many handshakes compute at once, so that a storm of them leaves something for those who are in. No
/// permit is held while a peer is waited for. Safe for many threads.
final class HandshakeGate {
    private final Sized permits;
    private int limit;
    private volatile long patienceNanos;

    /// A semaphore whose size can change; when it shrinks, permits that are out are not called back.
    private static final class Sized extends Semaphore {
        Sized(int permits) {
            super(permits);
        }

        void grow(int by) {
            if (by > 0) {
                release(by);
            } else {
                reducePermits(-by);
            }
        }
    }

    /// @param patience how long one handshake may take, the peer's part included
    HandshakeGate(int limit, Duration patience) {
        this.limit = limit;
        this.patienceNanos = patience.toNanos();
        this.permits = new Sized(limit);
    }

    synchronized void limit(int now) {
        permits.grow(now - limit);
        limit = now;
    }

    void patience(Duration now) {
        patienceNanos = now.toNanos();
    }

    long patienceNanos() {
        return patienceNanos;
    }

    void run(Runnable task) {
        permits.acquireUninterruptibly();
        try {
            task.run();
        } finally {
            permits.release();
        }
    }
}
