package palomar.delivery.sieve;

import java.util.Map;
import java.util.Optional;

/// What is remembered of a user's earlier deliveries: whom he has answered, what he has seen, what was sent on.
/// One delivery, one thread.
public interface Memory {

    /// Remembers nothing: for tests of scripts.
    Memory NONE = new Memory() {
        @Override
        public boolean knows(Kind kind, String key) {
            return false;
        }

        @Override
        public Map<String, Optional<byte[]>> remembering(Kind kind, String key, long seconds) {
            return Map.of();
        }
    };

    /// What is remembered apart from the rest.
    enum Kind {
        /// RFC 7352
        DUPLICATE,
        /// RFC 5230 4.2
        REPLY,
        REDIRECT
    }

    /// Whether it was remembered by another delivery than this one, and is not yet forgotten. What an earlier try
    /// of this very delivery has remembered does not count.
    boolean knows(Kind kind, String key);

    /// The change of the user's named values by which it is remembered for so long.
    Map<String, Optional<byte[]>> remembering(Kind kind, String key, long seconds);
}
