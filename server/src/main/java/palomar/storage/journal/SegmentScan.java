package palomar.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks the frames of one segment. One thread, used once.
///
/// In a sealed segment whatever is not a frame is damage: it is reported, and the walk goes on at the next frame.
/// In an open-ended one the first thing that is no frame is the torn end of the last write, unless a later frame
/// proves that this place had been durable before it was written; then it is damage too.
final class SegmentScan {
    private final SegmentStore.Segment segment;
    private final LogWindow window;
    private final FrameCodec codec;
    private final ScanDepth depth;
    private final FrameVisitor visitor;
    private final boolean openEnded;
    private final List<Frame> pending = new ArrayList<>();

    private long completeEnd;

    SegmentScan(
            SegmentStore.Reader reader, FrameCodec codec, ScanDepth depth, FrameVisitor visitor, boolean openEnded) {
        this.segment = reader.segment();
        this.window = new LogWindow(reader);
        this.codec = codec;
        this.depth = depth;
        this.visitor = visitor;
        this.openEnded = openEnded;
    }

    /// Visits the groups that begin at or after `from` (the beginning of a frame) and before `to`.
    ///
    /// @return the end of the last whole group; where an open-ended segment really ends
    long run(long from, long to) throws IOException {
        long at = Math.max(from, segment.firstLsn());
        long end = Math.min(to, segment.endLsn());
        completeEnd = at;
        while (at < end) {
            Found found = frameAt(at);
            if (found.damage == null) {
                take(found);
                at = found.header().endLsn();
                continue;
            }
            long next = nextFrame(found.searchFrom(at, end));
            if (openEnded && !wasDurable(at, next)) {
                pending.clear();
                return completeEnd;
            }
            at = report(at, next < 0 ? end : next, found, found.damage);
        }
        if (openEnded) {
            pending.clear();
            return completeEnd;
        }
        deliver(at);
        return at;
    }

    /// Reports damage and passes it. A body is only a header to the visitor, so one whose header is sound is
    /// visited all the same: a replay sees the same frames whether or not it looked into the blocks.
    private long report(long at, long next, Found found, String reason) {
        FrameHeader header = found.head;
        if (header != null && header.blocks() && header.endLsn() <= segment.endLsn()) {
            visitor.damaged(new Damage(
                    at, FrameHeader.frameLength(header.payloadLength()), header.mailbox(), header.type(), reason));
            take(found);
            return header.endLsn();
        }
        visitor.damaged(new Damage(at, next - at, found.mailbox(), found.type(), reason));
        return next;
    }

    /// What stands at an LSN: a sound frame, or why not, with the header as far as that is sound.
    private record Found(
            @Nullable FrameHeader head,
            byte[] payload,
            @Nullable String damage) {
        FrameHeader header() {
            if (head == null) {
                throw new IllegalStateException("no header");
            }
            return head;
        }

        long mailbox() {
            return head == null ? 0 : head.mailbox();
        }

        int type() {
            return head == null ? 0 : head.type();
        }

        /// A sound header says how long its damaged frame is.
        long searchFrom(long lsn, long end) {
            return head == null || head.endLsn() > end ? lsn + 8 : head.endLsn();
        }
    }

    private static final byte[] NOTHING = new byte[0];

    private Found frameAt(long lsn) throws IOException {
        FrameHeader header = headerAt(lsn);
        if (header == null) {
            return new Found(null, NOTHING, "no frame header of this place");
        }
        if (header.endLsn() > segment.endLsn()) {
            return new Found(header, NOTHING, "the frame is cut off");
        }
        if (depth == ScanDepth.HEADERS) {
            return new Found(header, NOTHING, null);
        }
        if (header.blocks()) {
            return new Found(header, NOTHING, depth == ScanDepth.EVERYTHING ? bodyDamage(header) : null);
        }
        if (header.payloadLength() > Group.MAX_PLAIN_PAYLOAD) {
            return new Found(header, NOTHING, "the payload is too long for its kind");
        }
        byte[] payload = new byte[(int) header.payloadLength()];
        boolean whole = window.copy(header.payloadLsn(), payload)
                && window.matches(header.payloadLsn(), payload.length, header.payloadCrc());
        return new Found(header, payload, whole ? null : "the payload's checksum is wrong");
    }

    private @Nullable FrameHeader headerAt(long lsn) throws IOException {
        int index = window.at(lsn, FrameHeader.SIZE);
        return index < 0 ? null : codec.decode(window.buffer(), index, lsn, segment.epoch());
    }

    private @Nullable String bodyDamage(FrameHeader header) throws IOException {
        int index = header.payloadLength() < BodyTable.HEAD ? -1 : window.at(header.payloadLsn(), 4);
        int size = index < 0 ? -1 : BodyTable.size(window.buffer(), index, header.payloadLength());
        if (size < 0 || !window.matches(header.payloadLsn(), size, header.payloadCrc())) {
            return "the block table's checksum is wrong";
        }
        byte[] bytes = new byte[size];
        BodyTable table = window.copy(header.payloadLsn(), bytes)
                ? BodyTable.parse(ByteBuffer.wrap(bytes), header.payloadLength())
                : null;
        if (table == null) {
            return "the block table contradicts itself";
        }
        long at = header.payloadLsn() + size;
        for (int i = 0; i < table.blocks(); i++) {
            if (!window.matches(at, table.storedLength(i), table.crc(i))) {
                return "the checksum of block " + i + " of " + table.blocks() + " is wrong";
            }
            at += table.storedLength(i);
        }
        return null;
    }

    /// The next sound header, or -1.
    private long nextFrame(long from) throws IOException {
        long at = from;
        while (true) {
            at = window.findMagic(at);
            if (at < 0) {
                return -1;
            }
            FrameHeader header = headerAt(at);
            if (header != null && header.endLsn() <= segment.endLsn()) {
                return at;
            }
            at += 8;
        }
    }

    /// True when some frame behind `lsn` was written after `lsn` had been synced.
    private boolean wasDurable(long lsn, long firstFrame) throws IOException {
        for (long at = firstFrame; at >= 0; at = nextFrame(at + 8)) {
            FrameHeader header = headerAt(at);
            if (header != null && header.syncedLsn() > lsn) {
                return true;
            }
        }
        return false;
    }

    private void take(Found found) {
        FrameHeader header = found.header();
        if (!pending.isEmpty() && pending.getLast().header().groupLsn() != header.groupLsn()) {
            deliver(header.lsn());
        }
        pending.add(new Frame(header, found.payload));
        if (header.last()) {
            deliver(header.endLsn());
        }
    }

    private void deliver(long endLsn) {
        if (pending.isEmpty()) {
            return;
        }
        for (Frame frame : pending) {
            visitor.frame(frame.header(), frame.payload());
        }
        pending.clear();
        visitor.endOfGroup(endLsn);
        completeEnd = endLsn;
    }
}
