package palomar.net;

import java.util.concurrent.Semaphore;

/// Lets only so many handshakes compute at once, so that a storm of them leaves something for those who are in. No
/// permit is held while a peer is waited for. Safe for many threads.
final class HandshakeGate {
    private final Sized permits;
    private int limit;

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

    HandshakeGate(int limit) {
        this.limit = limit;
        this.permits = new Sized(limit);
    }

    synchronized void limit(int now) {
        permits.grow(now - limit);
        limit = now;
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
