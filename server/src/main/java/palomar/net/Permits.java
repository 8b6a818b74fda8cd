package palomar.net;

import java.util.concurrent.atomic.AtomicInteger;

/// A number of permits whose limit can be changed while some are out. Safe for many threads.
final class Permits {
    private final AtomicInteger taken = new AtomicInteger();
    private volatile int limit;

    Permits(int limit) {
        this.limit = limit;
    }

    void limit(int now) {
        limit = now;
    }

    boolean take() {
        while (true) {
            int before = taken.get();
            if (before >= limit) {
                return false;
            }
            if (taken.compareAndSet(before, before + 1)) {
                return true;
            }
        }
    }

    void giveBack() {
        taken.decrementAndGet();
    }

    int taken() {
        return taken.get();
    }
}
