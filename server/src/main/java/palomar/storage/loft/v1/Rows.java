package palomar.storage.loft.v1;

import java.nio.LongBuffer;
import java.util.Arrays;
import palomar.mail.SystemFlags;

/// The rows of one loaded mailbox in ascending UID order, nine longs each ([Row]), in chunks of 1024 rows, so that
/// a million messages are a thousand arrays and ten messages are one small one. Expunged rows stay as tombstones
/// until [#dropExpunged].
///
/// Not safe for threads: [LoadedBox] guards it with its monitor.
final class Rows {
    private static final int SHIFT = 10;
    private static final int MASK = (1 << SHIFT) - 1;

    /// Rows in a full chunk.
    static final int CHUNK = 1 << SHIFT;

    private long[][] chunks = {};
    private int count;
    private int expunged;

    /// Rows, tombstones included.
    int count() {
        return count;
    }

    int live() {
        return count - expunged;
    }

    int expunged() {
        return expunged;
    }

    long[] words(int row) {
        return chunks[row >>> SHIFT];
    }

    static int offset(int row) {
        return (row & MASK) * Row.WORDS;
    }

    long uid(int row) {
        return Row.uid(words(row), offset(row));
    }

    /// Makes room for `more` rows at once, exactly: a mailbox that is loaded and left alone wastes nothing.
    void reserve(int more) {
        int wanted = count + more;
        for (int chunk = count >>> SHIFT; chunk << SHIFT < wanted; chunk++) {
            int rows = Math.min(CHUNK, wanted - (chunk << SHIFT));
            grow(chunk, rows);
        }
    }

    private void grow(int chunk, int rows) {
        if (chunk >= chunks.length) {
            chunks = Arrays.copyOf(chunks, chunk < 4 ? chunk + 1 : chunk + (chunk >> 2));
        }
        long[] old = chunks[chunk];
        if (old == null) {
            chunks[chunk] = new long[rows * Row.WORDS];
        } else if (old.length < rows * Row.WORDS) {
            chunks[chunk] = Arrays.copyOf(old, rows * Row.WORDS);
        }
    }

    /// Adds a row whose UID is larger than all before.
    void append(long[] words, int at) {
        int chunk = count >>> SHIFT;
        int offset = offset(count);
        if (chunk >= chunks.length || chunks[chunk] == null || chunks[chunk].length < offset + Row.WORDS) {
            int have = offset / Row.WORDS;
            grow(chunk, chunk > 0 ? CHUNK : Math.min(CHUNK, have + Math.max(4, have >> 1)));
        }
        System.arraycopy(words, at, chunks[chunk], offset, Row.WORDS);
        if (Row.expunged(words, at)) {
            expunged++;
        }
        count++;
    }

    /// Adds rows from a file, in ascending order and behind all there are.
    ///
    /// @param living none of them is a tombstone, so that nothing is done row by row: the first SELECT after a
    ///     start runs in the interpreter, where 100,000 turns of a loop are 10 ms
    void appendAll(LongBuffer from, int more, boolean living) {
        int left = more;
        while (left > 0) {
            int chunk = count >>> SHIFT;
            int offset = offset(count);
            int some = Math.min(left, CHUNK - (count & MASK));
            int words = some * Row.WORDS;
            if (chunk >= chunks.length || chunks[chunk] == null || chunks[chunk].length < offset + words) {
                grow(chunk, offset / Row.WORDS + some);
            }
            from.get(chunks[chunk], offset, words);
            for (int at = offset; !living && at < offset + words; at += Row.WORDS) {
                if (Row.expunged(chunks[chunk], at)) {
                    expunged++;
                }
            }
            count += some;
            left -= some;
        }
    }

    /// Puts other words in a row's place; the UID is the same.
    void replace(int row, long[] words, int at) {
        long[] to = words(row);
        int offset = offset(row);
        expunged += (Row.expunged(words, at) ? 1 : 0) - (Row.expunged(to, offset) ? 1 : 0);
        System.arraycopy(words, at, to, offset, Row.WORDS);
    }

    /// Adds a row anywhere; only for rebuilding from a compacted log, where rows come back out of order.
    void insert(int row, long[] words, int at) {
        long[] last = new long[Row.WORDS];
        if (row == count) {
            append(words, at);
            return;
        }
        copy(count - 1, 1, last, 0);
        append(last, 0);
        if (Row.expunged(last, 0)) {
            expunged--;
        }
        for (int i = count - 2; i > row; i--) {
            System.arraycopy(words(i - 1), offset(i - 1), words(i), offset(i), Row.WORDS);
        }
        System.arraycopy(words, at, words(row), offset(row), Row.WORDS);
        if (Row.expunged(words, at)) {
            expunged++;
        }
    }

    /// The first row whose UID is `uid` or larger; [#count()] when there is none.
    int atOrAfter(long uid) {
        if (count == 0 || uid(count - 1) < uid) {
            return count;
        }
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (uid(middle) < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The row with this UID, tombstones included, or -1.
    int find(long uid) {
        int row = atOrAfter(uid);
        return row < count && uid(row) == uid ? row : -1;
    }

    /// Copies up to `rows` rows to `target`; returns how many there were.
    int copy(int from, int rows, long[] target, int at) {
        int end = Math.min(count, from + rows);
        int row = from;
        int to = at;
        while (row < end) {
            int run = Math.min(end - row, CHUNK - (row & MASK));
            System.arraycopy(words(row), offset(row), target, to, run * Row.WORDS);
            row += run;
            to += run * Row.WORDS;
        }
        return Math.max(0, end - from);
    }

    void markExpunged(int row, long modSeq) {
        long[] words = words(row);
        int at = offset(row);
        if (!Row.expunged(words, at)) {
            Row.modSeqAndState(words, at, modSeq, Row.state(words, at) | Row.EXPUNGED | Row.DIRTY);
            expunged++;
        }
    }

    /// True when a quarter of the rows, and more than a handful, are tombstones.
    boolean wasteful() {
        return expunged > 64 && expunged > count >> 2;
    }

    /// Moves the rows together that live, or whose end has a mod-sequence above `heldFrom`, in place: row numbers
    /// change, UIDs don't.
    ///
    /// @return false when there was nothing to drop
    boolean dropExpunged(long heldFrom) {
        int to = 0;
        int kept = 0;
        for (int row = 0; row < count; row++) {
            long[] words = words(row);
            int at = offset(row);
            if (Row.expunged(words, at)) {
                if (Row.modSeq(words, at) <= heldFrom) {
                    continue;
                }
                kept++;
            }
            if (to != row) {
                System.arraycopy(words, at, words(to), offset(to), Row.WORDS);
            }
            to++;
        }
        if (to == count) {
            return false;
        }
        count = to;
        expunged = kept;
        int used = (count + MASK) >>> SHIFT;
        chunks = Arrays.copyOf(chunks, used);
        return true;
    }

    /// What rows (none expunged) add to a mailbox's counters.
    static Counters count(long[] words) {
        long unseen = 0;
        long deleted = 0;
        long deletedBytes = 0;
        long bytes = 0;
        for (int at = 0; at < words.length; at += Row.WORDS) {
            int system = Row.system(words, at);
            long size = Row.size(words, at);
            bytes += size;
            unseen += ~system & SystemFlags.SEEN;
            if ((system & SystemFlags.DELETED) != 0) {
                deleted++;
                deletedBytes += size;
            }
        }
        return new Counters(words.length / Row.WORDS, unseen, deleted, deletedBytes, bytes);
    }

    /// Bytes of heap, about.
    long footprint() {
        long bytes = 64;
        for (long[] chunk : chunks) {
            bytes += chunk == null ? 8 : 24 + 8L * chunk.length;
        }
        return bytes;
    }
}
