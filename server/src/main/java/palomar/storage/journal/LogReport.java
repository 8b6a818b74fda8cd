package palomar.storage.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// What a shard's log consists of, and what is wrong with it: for `palomar loft verify` and `palomar loft stats`.
///
/// @param epoch of the store that was looked through
/// @param segments in LSN order
public record LogReport(UUID shard, long epoch, List<SegmentReport> segments) {
    /// How often a frame type occurs.
    ///
    /// @param bytes of log, headers and padding included
    public record Count(long frames, long bytes) {
        Count plus(Count other) {
            return new Count(frames + other.frames, bytes + other.bytes);
        }
    }

    /// One segment.
    ///
    /// @param soundEnd where its last whole group ends; in a segment that is still open what follows is no damage
    /// @param types frames by type
    public record SegmentReport(
            SegmentStore.Segment segment,
            long groups,
            long soundEnd,
            Map<Integer, Count> types,
            List<Damage> damages) {}

    /// Looks through all segments of a store; its owner may be writing meanwhile. Nothing is changed.
    ///
    /// @param depth [ScanDepth#EVERYTHING] to verify, [ScanDepth#HEADERS] for the numbers alone
    public static LogReport of(SegmentStore store, ScanDepth depth) throws IOException {
        FrameCodec codec = new FrameCodec(store.shard());
        List<SegmentReport> reports = new ArrayList<>();
        List<SegmentStore.Segment> segments = store.segments();
        for (SegmentStore.Segment segment : segments) {
            try (SegmentStore.Reader reader = store.reader(segment.firstLsn())) {
                Counting counting = new Counting();
                boolean openEnded = !segment.sealed() && segment.equals(segments.getLast());
                long end = new SegmentScan(reader, codec, depth, counting, openEnded).run(0, Long.MAX_VALUE);
                reports.add(counting.report(segment, end));
            } catch (SegmentGoneException | NoSuchFileException compactedMeanwhile) {
                continue;
            }
        }
        return new LogReport(store.shard(), store.epoch(), List.copyOf(reports));
    }

    /// Everything that is wrong, in LSN order.
    public List<Damage> damages() {
        return segments.stream()
                .flatMap(report -> report.damages.stream())
                .sorted(Comparator.comparingLong(Damage::lsn))
                .toList();
    }

    public boolean sound() {
        return segments.stream().allMatch(report -> report.damages.isEmpty());
    }

    /// Frames by type over all segments.
    public Map<Integer, Count> types() {
        Map<Integer, Count> all = new TreeMap<>();
        for (SegmentReport report : segments) {
            report.types.forEach((type, count) -> all.merge(type, count, Count::plus));
        }
        return all;
    }

    public long groups() {
        return segments.stream().mapToLong(SegmentReport::groups).sum();
    }

    /// Bytes of log.
    public long logBytes() {
        return segments.stream()
                .mapToLong(report -> report.soundEnd - report.segment.firstLsn())
                .sum();
    }

    /// Bytes that the segments occupy, reserved space included.
    public long storedBytes() {
        return segments.stream()
                .mapToLong(report -> report.segment.storedBytes())
                .sum();
    }

    private static final class Counting implements FrameVisitor {
        private final Map<Integer, Count> types = new TreeMap<>();
        private final List<Damage> damages = new ArrayList<>();
        private long groups;

        @Override
        public void frame(FrameHeader header, byte[] payload) {
            long bytes = FrameHeader.frameLength(header.payloadLength());
            types.merge(header.type(), new Count(1, bytes), Count::plus);
        }

        @Override
        public void endOfGroup(long endLsn) {
            groups++;
        }

        @Override
        public void damaged(Damage damage) {
            damages.add(damage);
        }

        SegmentReport report(SegmentStore.Segment segment, long end) {
            return new SegmentReport(segment, groups, end, Collections.unmodifiableMap(types), List.copyOf(damages));
        }
    }
}
