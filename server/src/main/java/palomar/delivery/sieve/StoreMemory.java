package palomar.delivery.sieve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import palomar.storage.Attributes;

/// Keeps what is remembered of a user's deliveries among his named values: `sieve/duplicate/HASH` and so on, each
/// with the second until which it counts and the delivery that wrote it. Bounded: of each kind the oldest go
/// first.
///
/// Several deliveries of one user may remember at the same time; each writes names of its own.
final class StoreMemory implements Memory {
    /// Of each kind; about 100 bytes each.
    private static final int MOST = 2000;

    private static final int NAME_LENGTH = 32;

    private final Attributes values;
    private final InstantSource clock;
    private final String delivery;

    /// @param delivery as [Attempt#id]
    StoreMemory(Attributes values, InstantSource clock, String delivery) {
        this.values = values;
        this.clock = clock;
        this.delivery = delivery;
    }

    /// One thing that is remembered.
    private record Mark(long until, String delivery) {
        byte[] bytes() {
            byte[] by = delivery.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(Long.BYTES + by.length)
                    .putLong(until)
                    .put(by)
                    .array();
        }

        /// What can't be read is forgotten.
        static Mark of(byte[] bytes) {
            if (bytes.length < Long.BYTES) {
                return new Mark(0, "");
            }
            String by = new String(bytes, Long.BYTES, bytes.length - Long.BYTES, StandardCharsets.UTF_8);
            return new Mark(ByteBuffer.wrap(bytes).getLong(), by);
        }
    }

    private static String folder(Kind kind) {
        return "sieve/" + kind.name().toLowerCase(Locale.ROOT) + "/";
    }

    private static String name(Kind kind, String key) {
        return folder(kind) + Digests.sha256(key).substring(0, NAME_LENGTH);
    }

    @Override
    public boolean knows(Kind kind, String key) {
        Optional<Mark> mark = values.get(name(kind, key)).map(Mark::of);
        boolean own = !delivery.isEmpty()
                && mark.map(Mark::delivery).filter(delivery::equals).isPresent();
        return !own && mark.filter(each -> each.until > seconds()).isPresent();
    }

    @Override
    public Map<String, Optional<byte[]>> remembering(Kind kind, String key, long seconds) {
        Map<String, Optional<byte[]>> changes = new HashMap<>();
        long now = seconds();
        List<Map.Entry<String, Mark>> left = new ArrayList<>();
        values.under(folder(kind)).forEach((name, bytes) -> {
            Mark mark = Mark.of(bytes);
            if (mark.until <= now) {
                changes.put(name, Optional.empty());
            } else {
                left.add(Map.entry(name, mark));
            }
        });
        left.sort(Comparator.comparingLong(entry -> entry.getValue().until));
        for (int i = 0; i <= left.size() - MOST; i++) {
            changes.put(left.get(i).getKey(), Optional.empty());
        }
        long until = seconds > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + seconds;
        changes.put(name(kind, key), Optional.of(new Mark(until, delivery).bytes()));
        return changes;
    }

    private long seconds() {
        return Instant.ofEpochMilli(clock.millis()).getEpochSecond();
    }
}
