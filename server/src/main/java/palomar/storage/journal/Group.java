package palomar.storage.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;

/// Frames that become durable together or not at all; a transaction. Built by one thread, then submitted once.
///
/// LSNs are known only when the group is committed. A frame's place within the group is known at once, so a frame
/// may name an earlier one of the same group by the distance back: `group.nextOffset() - bodyOffset`.
public final class Group {
    /// Longest payload of a frame that is no body, in bytes.
    static final int MAX_PLAIN_PAYLOAD = 64 << 20;

    private static final long MAX_PAYLOAD = 0xffff_ffffL;

    /// One frame in waiting. Its bytes are `pieces`, then `stream`.
    record Entry(
            int type,
            int flags,
            int version,
            long mailbox,
            byte[][] pieces,
            @Nullable ByteSource stream,
            long payloadLength,
            int payloadCrc) {}

    private final List<Entry> entries = new ArrayList<>();
    private long length;
    private boolean freesSpace;

    /// Adds a frame whose payload is these arrays one after the other; they must not be changed any more.
    ///
    /// @param type 1 to 255
    /// @param version 0 to 65535
    /// @return the frame's offset in the group, in bytes
    public long add(int type, int version, long mailbox, byte[]... payload) {
        long size = 0;
        CRC32C crc = new CRC32C();
        for (byte[] piece : payload) {
            size += piece.length;
            crc.update(piece);
        }
        if (size > MAX_PLAIN_PAYLOAD) {
            throw new IllegalArgumentException("payload of " + size + " bytes: must be a body");
        }
        return add(new Entry(type, 0, version, mailbox, payload, null, size, (int) crc.getValue()));
    }

    /// Adds a body; its blocks are streamed when the group is committed.
    ///
    /// @return the frame's offset in the group, in bytes
    public long addBody(int type, int version, long mailbox, EncodedBody body) {
        CRC32C crc = new CRC32C();
        crc.update(body.table());
        byte[][] pieces = {body.table()};
        long size = body.storedLength();
        if (size > MAX_PAYLOAD) {
            throw new IllegalArgumentException("body of " + size + " bytes");
        }
        int flags = FrameHeader.BLOCKS;
        return add(new Entry(type, flags, version, mailbox, pieces, body.blocks(), size, (int) crc.getValue()));
    }

    private long add(Entry entry) {
        if (entry.type < 1 || entry.type > 255 || entry.version < 0 || entry.version > 0xffff) {
            throw new IllegalArgumentException("frame type " + entry.type + " version " + entry.version);
        }
        entries.add(entry);
        long offset = length;
        length += FrameHeader.frameLength(entry.payloadLength);
        return offset;
    }

    /// Marks a group that makes room (expunges, compaction): it may use the space that is kept back for when the
    /// disk is full.
    public Group freesSpace() {
        freesSpace = true;
        return this;
    }

    boolean mayUseReserve() {
        return freesSpace;
    }

    /// Where the next frame would be added.
    public long nextOffset() {
        return length;
    }

    /// Bytes of log that the group takes.
    public long length() {
        return length;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    List<Entry> entries() {
        return entries;
    }
}
