package palomar.storage.loft.v1;

import java.io.IOException;
import java.util.Arrays;

/// What of a mailbox's rows the index file does not have yet, and how rows get there: what has changed, or all of
/// them. Belongs to a [LoadedBox]; what changes it is called under the monitor of the [Box], and what reads rows
/// takes it.
final class UnwrittenRows {
    private final Box box;
    private final Rows rows;
    private final Vanished vanished;
    private final DirtyRows dirty = new DirtyRows();

    /// Moves when rows get other numbers.
    private int layout;

    UnwrittenRows(Box box, Rows rows, Vanished vanished) {
        this.box = box;
        this.rows = rows;
        this.vanished = vanished;
    }

    /// A row that is new.
    void add(long uid) {
        dirty.add(uid);
    }

    /// Before a row is made dirty.
    void note(long[] words, int at) {
        if ((Row.state(words, at) & Row.DIRTY) == 0) {
            dirty.add(Row.uid(words, at));
        }
    }

    /// Rows have got other numbers.
    void renumbered() {
        layout++;
    }

    /// At most so many rows changed since the last writing.
    int count() {
        synchronized (box) {
            if (!dirty.many()) {
                return dirty.count();
            }
            int count = 0;
            for (int row = 0; row < rows.count(); row++) {
                count += Row.state(rows.words(row), Rows.offset(row)) >> 6 & 1;
            }
            return count;
        }
    }

    /// Rows that changed, and expunged runs (mod-sequence; first and last UID in one long) since the last writing.
    record Delta(long[] words, long[] runs, long historyThrough) {}

    /// Takes what changed and counts it as written.
    Delta take(long historyThrough) {
        synchronized (box) {
            long[] words = new long[count() * Row.WORDS];
            int used = 0;
            if (dirty.many()) {
                for (int row = 0; row < rows.count() && used < words.length; row++) {
                    used = take(row, words, used);
                }
            } else {
                for (int uid : dirty.sorted()) {
                    int row = rows.find(Integer.toUnsignedLong(uid));
                    used = row < 0 ? used : take(row, words, used);
                }
            }
            dirty.clear();
            long[] taken = used == words.length ? words : Arrays.copyOf(words, used);
            return new Delta(taken, vanished.runsAfter(historyThrough), vanished.newest());
        }
    }

    private int take(int row, long[] words, int used) {
        if ((Row.state(rows.words(row), Rows.offset(row)) & Row.DIRTY) == 0) {
            return used;
        }
        clean(row);
        rows.copy(row, 1, words, used);
        return used + Row.WORDS;
    }

    private void clean(int row) {
        long[] words = rows.words(row);
        int at = Rows.offset(row);
        Row.modSeqAndState(words, at, Row.modSeq(words, at), Row.state(words, at) & ~Row.DIRTY);
    }

    /// Some rows on their way to a file.
    ///
    /// @param length longs of `words` that count
    /// @param before longs that went out before
    record Chunk(long[] words, int length, long before) {}

    /// What [#copy] gave out.
    ///
    /// @param whole false when rows got other numbers meanwhile: nothing is worth anything then
    record Copy(boolean whole, int rows, long[] runs, long historyFrom, long historyThrough) {}

    /// Where chunks go.
    interface ChunkSink {
        void take(Chunk chunk) throws IOException;
    }

    /// Gives out all living rows, each chunk as it is at its moment, and counts them as written.
    Copy copy(boolean still, ChunkSink sink) throws IOException {
        if (still) {
            synchronized (box) {
                return copy(sink);
            }
        }
        return copy(sink);
    }

    private Copy copy(ChunkSink sink) throws IOException {
        boolean whole = false;
        synchronized (box) {
            dirty.clear();
        }
        try {
            Copy copy = copyAll(sink);
            whole = copy.whole();
            return copy;
        } finally {
            if (!whole) {
                synchronized (box) {
                    dirty.forget();
                }
            }
        }
    }

    private Copy copyAll(ChunkSink sink) throws IOException {
        long[] words = new long[Rows.CHUNK * Row.WORDS];
        int before;
        synchronized (box) {
            before = layout;
        }
        int rowsOut = 0;
        int row = 0;
        while (true) {
            int used = 0;
            synchronized (box) {
                if (layout != before) {
                    return new Copy(false, 0, new long[0], 0, 0);
                }
                if (row == rows.count()) {
                    return new Copy(true, rowsOut, vanished.runsAfter(0), vanished.floor(), vanished.newest());
                }
                int end = Math.min(rows.count(), row + Rows.CHUNK);
                for (; row < end; row++) {
                    clean(row);
                    if (!Row.expunged(rows.words(row), Rows.offset(row))) {
                        rows.copy(row, 1, words, used);
                        used += Row.WORDS;
                    }
                }
            }
            if (used > 0) {
                sink.take(new Chunk(words, used, (long) rowsOut * Row.WORDS));
                rowsOut += used / Row.WORDS;
            }
        }
    }
}
