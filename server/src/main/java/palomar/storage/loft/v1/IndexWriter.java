package palomar.storage.loft.v1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import palomar.os.DiskFile;
import palomar.storage.journal.Journal;

/// Brings a mailbox's index file up to date: a delta of what changed behind the blocks there, or all rows in a new
/// file when the old one is half waste. One thread; used once for each writing.
///
/// Rows may be newer than the LSN that the block claims, never older: applying a record twice changes nothing. But
/// they must not be newer than what is durable, or a crash could leave rows of records that never were; so the log
/// is synced before a header makes the block count.
final class IndexWriter {
    private static final int FEW = 1024;

    /// Changed rows that are held in memory for a delta at most; more are cheaper to stream as a whole.
    private static final int MOST_IN_DELTA = 1 << 16;

    private final IndexFolder folder;
    private final Journal journal;
    private final LoadedBox loaded;
    private final Box box;

    IndexWriter(IndexFolder folder, Journal journal, LoadedBox loaded) {
        this.folder = folder;
        this.journal = journal;
        this.loaded = loaded;
        this.box = loaded.box;
    }

    /// @return true when the file was only appended to: force it before the catalog relies on it
    boolean write() throws IOException {
        long lsn = box.lastUnindexed();
        if (lsn == 0) {
            return false;
        }
        IndexState state = loaded.index();
        int dirty = loaded.unwritten().count();
        long waste = state.stored() + dirty - loaded.rowsNow();
        boolean whole = state.length() == 0
                || state.wholly()
                || state.scattered()
                || dirty > MOST_IN_DELTA
                || waste > Math.max(FEW, loaded.rowsNow() / 2);
        if (whole) {
            writeWhole();
        } else {
            append(lsn, state);
        }
        return !whole;
    }

    private void append(long lsn, IndexState state) throws IOException {
        UnwrittenRows.Delta delta = loaded.unwritten().take(state.historyThrough());
        boolean done = false;
        try {
            journal.sync();
            ByteBuffer payload = ByteBuffer.allocate(
                            delta.words().length * Long.BYTES + delta.runs().length * Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            payload.asLongBuffer().put(delta.words()).put(delta.runs());
            CRC32C crc = new CRC32C();
            crc.update(payload.array());
            IndexBlock block = new IndexBlock(
                    false, lsn, delta.words().length / Row.WORDS, delta.runs().length / 2, 0, (int) crc.getValue());
            try (DiskFile file = folder.open(box.id, IndexReader.SUFFIX)) {
                file.write(payload, state.length() + IndexBlock.SIZE);
                file.write(block.encode(folder.shard(), box.id), state.length());
            }
            long length = state.length() + IndexBlock.SIZE + block.payload();
            loaded.index(new IndexState(
                    length,
                    state.stored() + block.rows(),
                    state.deltas() + 1,
                    state.inWhole(),
                    delta.historyThrough(),
                    false));
            done = true;
        } finally {
            if (!done) {
                loaded.index(state.broken());
            }
        }
        box.indexed(lsn);
    }

    /// Rows go out chunk by chunk, each copied under the monitor, while the mailbox goes on changing. When
    /// tombstones are dropped meanwhile, row numbers change and we begin again.
    private void writeWhole() throws IOException {
        boolean done = false;
        try {
            for (int round = 0; !done; round++) {
                done = tryWhole(round == 3);
            }
        } finally {
            if (!done) {
                loaded.index(loaded.index().broken());
            }
        }
    }

    /// @param still hold the monitor all the time, because the mailbox never rests
    private boolean tryWhole(boolean still) throws IOException {
        long lsn = box.lastUnindexed();
        try (DiskFile file = folder.create(box.id, IndexReader.SUFFIX)) {
            CRC32C crc = new CRC32C();
            UnwrittenRows.Copy copy = loaded.unwritten().copy(still, chunk -> {
                ByteBuffer bytes =
                        ByteBuffer.allocate(chunk.length() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asLongBuffer().put(chunk.words(), 0, chunk.length());
                crc.update(bytes.array());
                file.write(bytes, IndexBlock.SIZE + chunk.before() * Long.BYTES);
            });
            if (!copy.whole()) {
                return false;
            }
            ByteBuffer runs =
                    ByteBuffer.allocate(copy.runs().length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            runs.asLongBuffer().put(copy.runs());
            crc.update(runs.array());
            file.write(runs, IndexBlock.SIZE + (long) copy.rows() * Row.BYTES);
            journal.sync();
            IndexBlock block = new IndexBlock(
                    true, lsn, copy.rows(), copy.runs().length / 2, copy.historyFrom(), (int) crc.getValue());
            file.write(block.encode(folder.shard(), box.id), 0);
            file.force(false);
            folder.replace(box.id, IndexReader.SUFFIX);
            loaded.index(new IndexState(
                    IndexBlock.SIZE + block.payload(), copy.rows(), 0, copy.rows(), copy.historyThrough(), false));
        }
        box.indexed(lsn);
        return true;
    }
}
