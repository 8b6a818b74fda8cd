package palomar.storage.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import palomar.event.Event;

/// Replays a log from an LSN, finds its end and makes the store ready for appending. Used once, by the opening
/// thread.
final class LogRecovery implements FrameVisitor {
    private final SegmentStore store;
    private final FrameCodec codec;
    private final FrameVisitor visitor;
    private final Event event;
    private final List<Damage> damages = new ArrayList<>();
    private long frames;

    /// The newest that a frame of the last segment knew to be durable.
    private long durable;

    LogRecovery(SegmentStore store, FrameCodec codec, FrameVisitor visitor, Event event) {
        this.store = store;
        this.codec = codec;
        this.visitor = visitor;
        this.event = event;
    }

    Recovery run(long fromLsn) throws IOException {
        Recovery found = look(fromLsn);
        store.resume(found.endLsn(), Math.min(found.endLsn(), durable));
        if (found.discardedBytes() > 0) {
            event.info(
                    "journal.recovered", "the last segment was not closed; its end was found", "end", found.endLsn());
        }
        return found;
    }

    /// As [#run] without changing anything.
    Recovery look(long fromLsn) throws IOException {
        long end = SegmentStore.FIRST_LSN;
        long discarded = 0;
        List<SegmentStore.Segment> segments = store.segments();
        for (int i = 0; i < segments.size(); i++) {
            SegmentStore.Segment segment = segments.get(i);
            boolean openEnded = i == segments.size() - 1 && !segment.sealed();
            if (segment.endLsn() <= fromLsn && !openEnded) {
                end = segment.endLsn();
                continue;
            }
            durable = segment.firstLsn();
            end = scan(segment, fromLsn, openEnded);
            if (openEnded) {
                discarded = segment.endLsn() - end;
            }
        }
        return new Recovery(fromLsn, end, frames, discarded, List.copyOf(damages));
    }

    private long scan(SegmentStore.Segment segment, long fromLsn, boolean openEnded) throws IOException {
        try (SegmentStore.Reader reader = store.reader(segment.firstLsn())) {
            ScanDepth depth = openEnded ? ScanDepth.EVERYTHING : ScanDepth.PAYLOADS;
            return new SegmentScan(reader, codec, depth, this, openEnded).run(fromLsn, Long.MAX_VALUE);
        }
    }

    @Override
    public void frame(FrameHeader header, byte[] payload) {
        frames++;
        durable = Math.max(durable, header.syncedLsn());
        visitor.frame(header, payload);
    }

    @Override
    public void endOfGroup(long endLsn) {
        visitor.endOfGroup(endLsn);
    }

    @Override
    public void damaged(Damage damage) {
        damages.add(damage);
        event.error("journal.damage", "a stretch of the log is damaged and was skipped", null, "damage", damage);
        visitor.damaged(damage);
    }
}
