package palomar.storage.loft.v1;

import java.util.Map;
import java.util.TreeMap;

/// Adds up, by stretch of log ([Usage]), the weight of bodies that lose an owner. One thread.
final class Freed {
    private final TreeMap<Long, Long> bytes = new TreeMap<>();
    private long stretch = -1;
    private long sum;

    void add(long body, long weight) {
        long here = Usage.stretch(body);
        if (here != stretch) {
            end();
            stretch = here;
        }
        sum += weight;
    }

    private void end() {
        if (sum > 0) {
            bytes.merge(stretch, sum, Long::sum);
        }
        sum = 0;
    }

    /// Pairs of stretch and bytes.
    long[] toPairs() {
        end();
        long[] pairs = new long[bytes.size() * 2];
        int at = 0;
        for (Map.Entry<Long, Long> entry : bytes.entrySet()) {
            pairs[at++] = entry.getKey();
            pairs[at++] = entry.getValue();
        }
        return pairs;
    }
}
