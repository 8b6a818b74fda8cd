package palomar.storage.loft.v1;

import java.util.Map;
import java.util.TreeMap;

/// How many bytes of bodies in each segment still have an owner, by the weight that each row carries: a body stored
/// once for five recipients weighs a fifth in each of their rows, a copy weighs the whole again. A guide for choosing
/// what to compact, never a proof that a body is dead: compaction looks at the rows themselves.
///
/// Safe for many threads.
final class SegmentUsage {
    private final TreeMap<Long, Long> live = new TreeMap<>();

    /// Makes a segment known, so that what lies in it is counted there.
    synchronized void opened(long firstLsn) {
        live.putIfAbsent(firstLsn, 0L);
    }

    synchronized void removed(long firstLsn) {
        live.remove(firstLsn);
    }

    synchronized void add(long lsn, long bytes) {
        Map.Entry<Long, Long> segment = live.floorEntry(lsn);
        if (segment != null) {
            segment.setValue(segment.getValue() + bytes);
        }
    }

    /// The first LSN of the segment that holds `lsn`; 0 when it is not known (any more).
    synchronized long segment(long lsn) {
        Long first = live.floorKey(lsn);
        return first == null ? 0 : first;
    }

    /// Takes back pairs of segment and bytes; segments that are gone are passed over.
    synchronized void free(long[] pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            long bytes = pairs[i + 1];
            live.computeIfPresent(pairs[i], (_, before) -> Math.max(0, before - bytes));
        }
    }

    synchronized long live(long firstLsn) {
        return live.getOrDefault(firstLsn, 0L);
    }

    synchronized Map<Long, Long> snapshot() {
        return new TreeMap<>(live);
    }

    synchronized void restore(Map<Long, Long> saved) {
        live.clear();
        live.putAll(saved);
    }
}
