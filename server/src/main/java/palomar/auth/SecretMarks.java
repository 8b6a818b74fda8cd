package palomar.auth;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Remembers that something was seen without remembering what: HMAC-SHA-256 under a key that lives in this
/// object only, cut to 128 bits. Bounded, the least recently used go first; a mark ends when its time is
/// over. Safe for many threads.
final class SecretMarks {
    private record Mark(long high, long low) {}

    private final SecretKeySpec key;
    private final InstantSource clock;
    private final Duration ttl;
    private final int limit;
    private final SequencedMap<Mark, Instant> marks = new LinkedHashMap<>(16, 0.75f, true);

    SecretMarks(SecureRandom random, InstantSource clock, Duration ttl, int limit) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
        this.clock = clock;
        this.ttl = ttl;
        this.limit = limit;
    }

    boolean knows(byte[]... parts) {
        if (limit == 0) {
            return false;
        }
        Mark mark = mark(parts);
        Instant now = clock.instant();
        synchronized (marks) {
            Instant end = marks.get(mark);
            if (end != null && !end.isAfter(now)) {
                marks.remove(mark);
                return false;
            }
            return end != null;
        }
    }

    void remember(byte[]... parts) {
        if (limit == 0 || ttl.isZero()) {
            return;
        }
        Mark mark = mark(parts);
        Instant end = clock.instant().plus(ttl);
        synchronized (marks) {
            marks.put(mark, end);
            if (marks.size() > limit) {
                marks.pollFirstEntry();
            }
        }
    }

    int size() {
        synchronized (marks) {
            return marks.size();
        }
    }

    /// 64 bits for comparing in small tables.
    long tag(byte[]... parts) {
        return mark(parts).high;
    }

    /// Each part goes in with its length, so that no two lists of parts read the same.
    private Mark mark(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
                mac.update(part);
            }
            ByteBuffer digest = ByteBuffer.wrap(mac.doFinal());
            return new Mark(digest.getLong(), digest.getLong());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
