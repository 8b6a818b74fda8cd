package palomar.storage.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Writes and reads frame headers. Stateless; safe for many threads.
///
/// The header's checksum begins with the shard's identity, which no sender of mail knows: bytes in a message can't
/// pass for a frame when recovery looks for the next sound one. All numbers are little-endian.
final class FrameCodec {
    static final int MAGIC = 'L' | 'O' << 8 | 'F' << 16 | 'T' << 24;

    private static final long LIMIT_32 = 0xffff_ffffL;

    private final byte[] seed;

    FrameCodec(UUID shard) {
        this.seed = ByteBuffer.allocate(16)
                .putLong(shard.getMostSignificantBits())
                .putLong(shard.getLeastSignificantBits())
                .array();
    }

    /// Puts the header of a frame at the buffer's position.
    void encode(FrameHeader header, ByteBuffer out) {
        ByteBuffer to = out.order(ByteOrder.LITTLE_ENDIAN);
        int start = to.position();
        to.putInt(MAGIC);
        to.putInt(0);
        to.putInt((int) header.payloadLength());
        to.put((byte) header.type());
        to.put((byte) header.flags());
        to.putShort((short) header.version());
        to.putLong(header.lsn());
        to.putLong(header.mailbox());
        to.putInt((int) header.epoch());
        to.putInt((int) (header.lsn() - header.groupLsn() >>> 3));
        to.putInt((int) Math.min(LIMIT_32, header.lsn() - header.syncedLsn() >>> 3));
        to.putInt(header.payloadCrc());
        to.putInt(start + 4, crc(to, start));
    }

    /// The header at `at`, when it is one that was written for this LSN in this epoch.
    ///
    /// @param epoch the epoch of the segment; 0 when unknown, then any will do
    @Nullable
    FrameHeader decode(ByteBuffer in, int at, long lsn, long epoch) {
        ByteBuffer from = in.order(ByteOrder.LITTLE_ENDIAN);
        if (from.limit() - at < FrameHeader.SIZE || from.getInt(at) != MAGIC || from.getLong(at + 16) != lsn) {
            return null;
        }
        if (from.getInt(at + 4) != crc(from, at)) {
            return null;
        }
        long written = from.getInt(at + 32) & LIMIT_32;
        long groupDistance = (from.getInt(at + 36) & LIMIT_32) << 3;
        long syncedDistance = (from.getInt(at + 40) & LIMIT_32) << 3;
        if (epoch != 0 && written != epoch || groupDistance > lsn) {
            return null;
        }
        boolean unknown = syncedDistance == LIMIT_32 << 3;
        return new FrameHeader(
                lsn,
                from.getInt(at + 8) & LIMIT_32,
                from.get(at + 12) & 0xff,
                from.get(at + 13) & 0xff,
                from.getShort(at + 14) & 0xffff,
                from.getLong(at + 24),
                written,
                lsn - groupDistance,
                unknown ? 0 : lsn - syncedDistance,
                from.getInt(at + 44));
    }

    private int crc(ByteBuffer bytes, int start) {
        CRC32C crc = new CRC32C();
        crc.update(seed);
        ByteBuffer rest = bytes.duplicate();
        rest.limit(start + FrameHeader.SIZE).position(start + 8);
        crc.update(rest);
        return (int) crc.getValue();
    }
}
