package palomar.submission;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How much each user has sent within the last hour, by the minute. Forgotten by a restart. Safe for many threads.
final class HourlyLimits {
    private static final int MINUTES = 60;

    /// So many users are kept before those that have been quiet for an hour are looked for.
    private static final int MANY = 1024;

    private final InstantSource clock;
    private final Map<String, Ring> rings = new HashMap<>(); // guarded by this
    private int sweepAt = MANY; // guarded by this

    HourlyLimits(InstantSource clock) {
        this.clock = clock;
    }

    /// Takes one; false, and nothing taken, when that would be more than `most` in an hour.
    ///
    /// @param what what is counted, by user: `anna messages`
    synchronized boolean take(String what, Optional<Integer> most) {
        if (most.isEmpty()) {
            return true;
        }
        long now = clock.millis() / 60_000;
        Ring ring = rings.computeIfAbsent(what, _ -> new Ring());
        ring.turn(now);
        boolean free = ring.total < most.get();
        if (free) {
            ring.add(now, 1);
        }
        sweep(now);
        return free;
    }

    /// Gives some back that were taken and came to nothing.
    synchronized void giveBack(String what, int count) {
        Ring ring = rings.get(what);
        if (ring != null) {
            long now = clock.millis() / 60_000;
            ring.turn(now);
            ring.add(now, -Math.min(count, ring.total));
        }
    }

    private void sweep(long now) {
        if (rings.size() >= sweepAt) {
            rings.values().removeIf(ring -> now - ring.minute >= MINUTES);
            sweepAt = Math.max(MANY, 2 * rings.size());
        }
    }

    /// The last sixty minutes; a slot may be below zero when what was taken before was given back in it.
    private static final class Ring {
        private final int[] slots = new int[MINUTES];
        private long minute = Long.MIN_VALUE / 2;
        private int total;

        /// Forgets what is an hour old.
        void turn(long now) {
            long steps = Math.min(MINUTES, now - minute);
            for (long i = 1; i <= steps; i++) {
                int slot = Math.floorMod(now - steps + i, MINUTES);
                total -= slots[slot];
                slots[slot] = 0;
            }
            minute = Math.max(minute, now);
        }

        void add(long now, int count) {
            slots[Math.floorMod(now, MINUTES)] += count;
            total += count;
        }
    }
}
