package palomar.storage.loft.v1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The header of one block of an index file. A file is a WHOLE block and DELTA blocks behind it; each says up to
/// which LSN the rows are those of the log. The header is written after its payload, so a block that was cut short
/// has none.
///
///     0 u32 magic | 4 u32 CRC32C of header from 8 on, then payload | 8 shard UUID (16) | 24 u64 mailbox
///     32 u64 LSN | 40 u32 rows | 44 u32 expunged runs | 48 u64 history begins | 56 u32 kind
///     60 u32 payload's CRC32C
///
/// @param whole true for the first block
/// @param lsn frames of the mailbox at or below it are contained
/// @param rows rows of 72 bytes in the payload
/// @param runs expunged runs of 16 bytes behind them
/// @param historyFrom see [Vanished#floor()]
/// @param crc CRC32C of the payload
record IndexBlock(boolean whole, long lsn, int rows, int runs, long historyFrom, int crc) {
    static final int SIZE = 64;
    static final int RUN_BYTES = 16;

    private static final int MAGIC = 'L' | 'I' << 8 | 'X' << 16 | '1' << 24;

    long payload() {
        return (long) rows * Row.BYTES + (long) runs * RUN_BYTES;
    }

    ByteBuffer encode(UUID shard, long box) {
        ByteBuffer to = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        to.putInt(MAGIC).putInt(0);
        to.putLong(shard.getMostSignificantBits()).putLong(shard.getLeastSignificantBits());
        to.putLong(box).putLong(lsn).putInt(rows).putInt(runs).putLong(historyFrom);
        to.putInt(whole ? 1 : 2).putInt(crc);
        to.putInt(4, headerCrc(to));
        return to.rewind();
    }

    private static int headerCrc(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().limit(SIZE).position(8));
        return (int) crc.getValue();
    }

    /// The header in `from`, or null when it is none of this mailbox.
    static @Nullable IndexBlock decode(ByteBuffer from, UUID shard, long box) {
        ByteBuffer in = from.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (in.limit() < SIZE || in.getInt(0) != MAGIC || in.getInt(4) != headerCrc(in)) {
            return null;
        }
        boolean ours = in.getLong(8) == shard.getMostSignificantBits()
                && in.getLong(16) == shard.getLeastSignificantBits()
                && in.getLong(24) == box;
        int kind = in.getInt(56);
        if (!ours || in.getInt(40) < 0 || in.getInt(44) < 0 || kind < 1 || kind > 2) {
            return null;
        }
        return new IndexBlock(kind == 1, in.getLong(32), in.getInt(40), in.getInt(44), in.getLong(48), in.getInt(60));
    }
}
