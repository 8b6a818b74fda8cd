package palomar.net;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// Draws session ids: eleven characters, unique over restarts as long as no more than 2^22 sessions a second
/// begin.
final class SessionIds {
    // Crockford's alphabet: no letter that reads like a digit.
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 11;

    private final AtomicLong next;

    SessionIds(InstantSource clock) {
        next = new AtomicLong(clock.instant().getEpochSecond() << 22);
    }

    String draw() {
        long value = next.getAndIncrement();
        char[] id = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--) {
            id[i] = ALPHABET.charAt((int) (value & 31));
            value >>>= 5;
        }
        return new String(id);
    }
}
