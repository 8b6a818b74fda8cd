package palomar.storage.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;
import palomar.bytes.ByteSource;

/// Turns content into stored blocks while it passes: bytes go in, blocks go to `blocks` (memory or a spool file).
/// Holds one block of at most 128 KiB when it compresses, and nothing else. One thread.
public final class BodyEncoder extends OutputStream {
    private static final int WORTH_TRYING = 1024;

    private final Compression compression;
    private final OutputStream blocks;
    private final CRC32C crc = new CRC32C();
    private byte[] block;
    private int filled;
    private int[] entries = new int[8];
    private int count;
    private long rawLength;

    /// @param blocks takes the stored blocks; not closed
    public BodyEncoder(Compression compression, OutputStream blocks) {
        this.compression = compression;
        this.blocks = blocks;
        this.block = new byte[compression == Compression.NEVER ? 0 : 4096];
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
            if (compression == Compression.NEVER) {
                pass(source, from, part);
            } else {
                fill(source, from, part);
            }
            filled += part;
            from += part;
            left -= part;
        }
        rawLength += length;
    }

    /// What is stored as it comes needs no block to be put together in.
    private void pass(byte[] source, int from, int part) throws IOException {
        crc.update(source, from, part);
        blocks.write(source, from, part);
    }

    private void fill(byte[] source, int from, int part) {
        if (block.length - filled < part) {
            block = Arrays.copyOf(block, Math.min(BodyTable.BLOCK_SIZE, Math.max(filled + part, 2 * filled)));
        }
        System.arraycopy(source, from, block, filled, part);
    }

    private void endBlock() throws IOException {
        byte[] stored = null;
        if (compression == Compression.ALWAYS && filled >= WORTH_TRYING) {
            stored = Zstd.compress(block, 0, filled, filled - filled / 10);
        }
        if (stored != null) {
            pass(stored, 0, stored.length);
            enter(stored.length);
        } else {
            if (compression != Compression.NEVER) {
                pass(block, 0, filled);
            }
            enter(filled | BodyTable.PLAIN);
        }
        filled = 0;
    }

    /// The block that has just passed gets its entry in the table.
    private void enter(int lengthAndFlag) {
        if (2 * count == entries.length) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
        entries[2 * count] = lengthAndFlag;
        entries[2 * count + 1] = (int) crc.getValue();
        crc.reset();
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
