package palomar.storage.loft.v1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.NoSuchFileException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import palomar.os.DiskFile;

/// Loads the rows of a mailbox from its index file, as far as that is sound. One thread, used once.
final class IndexReader {
    static final String SUFFIX = ".ix";

    private final IndexFolder folder;
    private final Box box;
    private final Rows rows = new Rows();
    private final Vanished vanished;

    /// What is read at once: whole chunks of [Rows], and so much that a disk is asked a few times, not a hundred.
    private static final int MOST = 14 * Rows.CHUNK * Row.BYTES;

    /// The piece of the file from `bufferFrom` to `bufferEnd`.
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    private long bufferFrom;
    private long bufferEnd;

    /// What was found.
    ///
    /// @param lsn frames at or below it are in the rows; 0 when nothing usable was there
    /// @param state how the file stands, as far as it is sound
    /// @param why not all of the file is sound, or empty
    record Found(Rows rows, Vanished vanished, long lsn, IndexState state, String why) {}

    IndexReader(IndexFolder folder, Box box, Retention retention) {
        this.vanished = new Vanished(retention);
        this.folder = folder;
        this.box = box;
    }

    Found read() throws IOException {
        long lsn = 0;
        long length = 0;
        long stored = 0;
        int deltas = -1;
        long inWhole = 0;
        String why = "";
        try (DiskFile file = folder.read(box.id, SUFFIX)) {
            long size = file.size();
            buffer = ByteBuffer.allocateDirect(Math.clamp(size, IndexBlock.SIZE, MOST))
                    .order(ByteOrder.LITTLE_ENDIAN);
            while (length < size && why.isEmpty()) {
                IndexBlock block = header(file, length);
                if (block == null || block.whole() != (length == 0) || block.lsn() < lsn) {
                    why = "no block header at " + length;
                } else if (!read(file, block, length + IndexBlock.SIZE)) {
                    why = "the block at " + length + " is damaged";
                } else {
                    lsn = block.lsn();
                    length += IndexBlock.SIZE + block.payload();
                    stored += block.rows();
                    deltas++;
                    inWhole += block.whole() ? block.rows() : 0;
                }
            }
        } catch (NoSuchFileException e) {
            why = "there is no file";
        }
        if (lsn == 0) {
            return new Found(new Rows(), vanished, 0, IndexState.NONE, why.isEmpty() ? "the file is empty" : why);
        }
        IndexState state = new IndexState(length, stored, deltas, inWhole, vanished.newest(), false);
        return new Found(rows, vanished, lsn, state, why);
    }

    private @Nullable IndexBlock header(DiskFile file, long at) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(IndexBlock.SIZE);
        file.read(header, at);
        return IndexBlock.decode(header.flip(), folder.shard(), box.id);
    }

    /// A delta is checked before anything of it is taken; the whole block is checked while it is, because when it
    /// is bad there is nothing worth keeping anyway.
    private boolean read(DiskFile file, IndexBlock block, long at) throws IOException {
        if (block.whole()) {
            return take(file, block, at);
        }
        return crc(file, block, at) == block.crc() && take(file, block, at);
    }

    private int crc(DiskFile file, IndexBlock block, long at) throws IOException {
        CRC32C crc = new CRC32C();
        long left = block.payload();
        long from = at;
        while (left > 0) {
            fill(file, from, (int) Math.min(left, buffer.capacity()));
            if (!buffer.hasRemaining()) {
                return ~block.crc();
            }
            left -= buffer.remaining();
            from += buffer.remaining();
            crc.update(buffer);
        }
        return (int) crc.getValue();
    }

    /// Lets the buffer stand on so many bytes at a place, or on as many as there are.
    private void fill(DiskFile file, long at, int bytes) throws IOException {
        if (at < bufferFrom || at + bytes > bufferEnd) {
            buffer.clear();
            file.read(buffer, at);
            bufferFrom = at;
            bufferEnd = at + buffer.position();
        }
        int start = (int) (at - bufferFrom);
        buffer.clear()
                .limit((int) Math.min(start + bytes, bufferEnd - bufferFrom))
                .position(start);
    }

    private boolean take(DiskFile file, IndexBlock block, long at) throws IOException {
        CRC32C crc = new CRC32C();
        long from = at;
        int left = block.rows();
        if (block.whole()) {
            rows.reserve(left);
        }
        long[] words = new long[block.whole() ? 0 : Math.min(left, Rows.CHUNK) * Row.WORDS];
        while (left > 0) {
            int some = Math.min(left, Rows.CHUNK);
            fill(file, from, some * Row.BYTES);
            if (buffer.remaining() < some * Row.BYTES) {
                return false;
            }
            crc.update(buffer.duplicate());
            LongBuffer longs = buffer.asLongBuffer();
            if (block.whole()) {
                rows.appendAll(longs, some, true); // tombstones are only in deltas
            } else {
                longs.get(words, 0, some * Row.WORDS);
                merge(words, some);
            }
            left -= some;
            from += (long) some * Row.BYTES;
        }
        return history(file, block, from, crc) && (int) crc.getValue() == block.crc();
    }

    /// Mostly a delta is new mail: then all of it comes behind what there is.
    private void merge(long[] words, int count) {
        if (rows.count() == 0 || rows.uid(rows.count() - 1) < Row.uid(words, 0)) {
            rows.appendAll(LongBuffer.wrap(words), count, false);
            return;
        }
        for (int at = 0; at < count * Row.WORDS; at += Row.WORDS) {
            int row = rows.atOrAfter(Row.uid(words, at));
            if (row < rows.count() && rows.uid(row) == Row.uid(words, at)) {
                rows.replace(row, words, at);
            } else {
                rows.insert(row, words, at);
            }
        }
    }

    private boolean history(DiskFile file, IndexBlock block, long at, CRC32C crc) throws IOException {
        if (block.whole()) {
            vanished.reset(block.historyFrom());
        }
        long from = at;
        int left = block.runs();
        while (left > 0) {
            int some = Math.min(left, buffer.capacity() / IndexBlock.RUN_BYTES);
            fill(file, from, some * IndexBlock.RUN_BYTES);
            if (buffer.remaining() < some * IndexBlock.RUN_BYTES) {
                return false;
            }
            crc.update(buffer.duplicate());
            for (int i = 0; i < some; i++) {
                long modSeq = buffer.getLong();
                long first = Integer.toUnsignedLong(buffer.getInt());
                vanished.addStored(first, Integer.toUnsignedLong(buffer.getInt()), modSeq);
            }
            left -= some;
            from += (long) some * IndexBlock.RUN_BYTES;
        }
        vanished.trim();
        return true;
    }
}
