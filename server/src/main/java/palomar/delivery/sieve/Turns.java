package palomar.delivery.sieve;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Deliveries to one user take turns as soon as they ask what is remembered, until what they remember themselves
/// is stored: else two messages that come at once would both be the first. Safe for many threads.
final class Turns {
    /// Of users with deliveries under way. Guarded by this.
    private final Map<String, Lane> lanes = new HashMap<>();

    private static final class Lane {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int users;
    }

    /// A place in the user's lane; close it in any case, on the same thread.
    synchronized Turn of(String user) {
        Lane lane = lanes.computeIfAbsent(user, name -> new Lane());
        lane.users++;
        return new Turn(user, lane);
    }

    private synchronized void leave(String user, Lane lane) {
        lane.users--;
        if (lane.users == 0) {
            lanes.remove(user);
        }
    }

    /// One delivery. One thread.
    final class Turn implements AutoCloseable {
        private final String user;
        private final Lane lane;

        private Turn(String user, Lane lane) {
            this.user = user;
            this.lane = lane;
        }

        /// What waits for this turn before it answers.
        Memory behind(Memory memory) {
            return new Memory() {
                @Override
                public boolean knows(Kind kind, String key) {
                    take();
                    return memory.knows(kind, key);
                }

                @Override
                public Map<String, Optional<byte[]>> remembering(Kind kind, String key, long seconds) {
                    take();
                    return memory.remembering(kind, key, seconds);
                }
            };
        }

        private void take() {
            if (!lane.lock.isHeldByCurrentThread()) {
                lane.lock.lock();
            }
        }

        @Override
        public void close() {
            if (lane.lock.isHeldByCurrentThread()) {
                lane.lock.unlock();
            }
            leave(user, lane);
        }
    }
}
