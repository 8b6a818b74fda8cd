package palomar.storage.loft.v1;

import java.util.Map;
import java.util.TreeMap;

/// Adds up, by segment, the weight of bodies that lose an owner. One thread.
final class Freed {
    private final SegmentUsage usage;
    private final TreeMap<Long, Long> bytes = new TreeMap<>();

    Freed(SegmentUsage usage) {
        this.usage = usage;
    }

    void add(long body, long weight) {
        long segment = usage.segment(body);
        if (segment != 0) {
            bytes.merge(segment, weight, Long::sum);
        }
    }

    /// Pairs of segment and bytes.
    long[] toPairs() {
        long[] pairs = new long[bytes.size() * 2];
        int at = 0;
        for (Map.Entry<Long, Long> entry : bytes.entrySet()) {
            pairs[at++] = entry.getKey();
            pairs[at++] = entry.getValue();
        }
        return pairs;
    }
}
