package palomar.net;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Permits counted by a key: sessions of one user, connections of one address. Safe for many threads; a key that
/// holds no permit costs nothing.
public final class KeyedPermits<K> {
    private final ConcurrentHashMap<K, Integer> taken = new ConcurrentHashMap<>();
    private volatile int limit;

    /// @param limit permits for each key
    public KeyedPermits(int limit) {
        this.limit = limit;
    }

    /// Changes the limit; permits that are out stay out.
    public void limit(int now) {
        limit = now;
    }

    /// A permit, or empty when the key has as many as it may have. Close it when the session ends.
    public Optional<Permit> take(K key) {
        return take(key, limit);
    }

    /// As [#take(Object)], with a limit for this once.
    Optional<Permit> take(K key, int most) {
        boolean[] got = new boolean[1];
        taken.compute(key, (same, count) -> {
            int before = count == null ? 0 : count;
            got[0] = before < most;
            int after = got[0] ? before + 1 : before;
            return after == 0 ? null : after;
        });
        return got[0] ? Optional.of(new Permit(this, key)) : Optional.empty();
    }

    /// How many permits of this key are out.
    public int taken(K key) {
        return taken.getOrDefault(key, 0);
    }

    private void giveBack(K key) {
        taken.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    /// One permit; closing it a second time does nothing.
    public static final class Permit implements AutoCloseable {
        private final Runnable giveBack;
        private final AtomicBoolean closed = new AtomicBoolean();

        private <K> Permit(KeyedPermits<K> from, K key) {
            this.giveBack = () -> from.giveBack(key);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                giveBack.run();
            }
        }
    }
}
