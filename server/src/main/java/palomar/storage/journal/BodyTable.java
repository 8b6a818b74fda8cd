package palomar.storage.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The block table at the head of a body's payload: how many blocks, how long each is as stored, its checksum.
///
/// @param rawLength bytes of the content
/// @param blockSize bytes of content in each block but the last
/// @param entries two ints a block: stored length with [#PLAIN] for one that is not compressed, CRC32C of it
record BodyTable(long rawLength, int blockSize, int[] entries) {
    /// Bytes before the entries.
    static final int HEAD = 16;

    static final int BLOCK_SIZE = 128 * 1024;
    static final int PLAIN = 1 << 31;

    private static final int MAX_BLOCK_SIZE = 4 << 20;

    int blocks() {
        return entries.length / 2;
    }

    int storedLength(int block) {
        return entries[2 * block] & ~PLAIN;
    }

    boolean plain(int block) {
        return (entries[2 * block] & PLAIN) != 0;
    }

    int crc(int block) {
        return entries[2 * block + 1];
    }

    int rawLength(int block) {
        return (int) Math.min(blockSize, rawLength - (long) block * blockSize);
    }

    int size() {
        return HEAD + 4 * entries.length;
    }

    /// Bytes of the whole payload as this table says.
    long payloadLength() {
        long all = size();
        for (int i = 0; i < blocks(); i++) {
            all += storedLength(i);
        }
        return all;
    }

    byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(blocks()).putInt(blockSize).putLong(rawLength);
        for (int entry : entries) {
            out.putInt(entry);
        }
        return out.array();
    }

    /// Bytes of the table whose first 4 bytes stand at `at`, or -1 when no table of a payload this long begins so.
    static int size(ByteBuffer in, int at, long payloadLength) {
        long blocks = in.getInt(at) & 0xffff_ffffL;
        long size = HEAD + 8 * blocks;
        return size > payloadLength || size > Integer.MAX_VALUE ? -1 : (int) size;
    }

    /// The table in `in`, or null when it contradicts itself or the payload's length. Its checksum was verified
    /// before.
    static @Nullable BodyTable parse(ByteBuffer in, long payloadLength) {
        ByteBuffer from = in.order(ByteOrder.LITTLE_ENDIAN);
        int blocks = from.getInt();
        int blockSize = from.getInt();
        long rawLength = from.getLong();
        if (blockSize < 1 || blockSize > MAX_BLOCK_SIZE || rawLength < 0) {
            return null;
        }
        if (blocks != (rawLength + blockSize - 1) / blockSize) {
            return null;
        }
        int[] entries = new int[2 * blocks];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = from.getInt();
        }
        BodyTable table = new BodyTable(rawLength, blockSize, entries);
        for (int i = 0; i < blocks; i++) {
            if (table.plain(i) ? table.storedLength(i) != table.rawLength(i) : table.storedLength(i) > blockSize) {
                return null;
            }
        }
        return table.payloadLength() == payloadLength ? table : null;
    }
}
