package palomar.storage.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;
import palomar.bytes.ByteSource;

/// Turns content into stored blocks while it passes: bytes go in, blocks go to `blocks` (memory or a spool file).
/// Holds one block of at most 128 KiB. One thread.
public final class BodyEncoder extends OutputStream {
    private static final int WORTH_TRYING = 1024;

    private final Compression compression;
    private final OutputStream blocks;
    private byte[] block = new byte[4096];
    private int filled;
    private int[] entries = new int[8];
    private int count;
    private long rawLength;

    /// @param blocks takes the stored blocks; not closed
    public BodyEncoder(Compression compression, OutputStream blocks) {
        this.compression = compression;
        this.blocks = blocks;
    }

    @Override
    public void write(int b) throws IOException {
        byte[] one = {(byte) b};
        write(one, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        int from = offset;
        int left = length;
        while (left > 0) {
            if (filled == BodyTable.BLOCK_SIZE) {
                endBlock();
            }
            int part = Math.min(left, BodyTable.BLOCK_SIZE - filled);
            if (block.length - filled < part) {
                block = Arrays.copyOf(block, Math.min(BodyTable.BLOCK_SIZE, Math.max(filled + part, 2 * filled)));
            }
            System.arraycopy(source, from, block, filled, part);
            filled += part;
            from += part;
            left -= part;
        }
        rawLength += length;
    }

    private void endBlock() throws IOException {
        byte[] stored = null;
        if (compression == Compression.ALWAYS && filled >= WORTH_TRYING) {
            stored = Zstd.compress(block, 0, filled, filled - filled / 10);
        }
        if (stored == null) {
            emit(block, filled, BodyTable.PLAIN);
        } else {
            emit(stored, stored.length, 0);
        }
        filled = 0;
    }

    private void emit(byte[] stored, int length, int flag) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(stored, 0, length);
        blocks.write(stored, 0, length);
        if (2 * count == entries.length) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
        entries[2 * count] = length | flag;
        entries[2 * count + 1] = (int) crc.getValue();
        count++;
    }

    /// Bytes of content taken so far.
    public long rawLength() {
        return rawLength;
    }

    /// Ends the content.
    ///
    /// @param written the blocks as they went to the stream of the constructor
    public EncodedBody finish(ByteSource written) throws IOException {
        flushBlock();
        BodyTable table = new BodyTable(rawLength, BodyTable.BLOCK_SIZE, Arrays.copyOf(entries, 2 * count));
        if (table.payloadLength() - table.size() != written.size()) {
            throw new IllegalArgumentException("the blocks are not those that were written");
        }
        return new EncodedBody(table.bytes(), written, rawLength);
    }

    /// Writes out the last, shorter block; nothing can be added afterwards. Needed before `finish` only by those
    /// whose source does not grow with what they write.
    public void flushBlock() throws IOException {
        if (filled > 0) {
            endBlock();
        }
    }
}
