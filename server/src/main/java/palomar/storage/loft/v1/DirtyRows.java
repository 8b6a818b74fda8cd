package palomar.storage.loft.v1;

import java.util.Arrays;

/// Which rows were changed since the index file was written, as long as they are few: so that nobody has to look
/// through a hundred thousand rows for the hundred that changed. Guarded by the monitor of the [Box].
///
/// A row that is named need not be dirty any more; one that is dirty is named, unless there are [#many].
final class DirtyRows {
    private static final int MOST = 4096;
    private static final int[] NONE = {};

    private int[] uids = NONE;
    private int used;

    /// Nothing is known until all rows were looked through once.
    private boolean many = true;

    /// A row became dirty that was not.
    void add(long uid) {
        if (many) {
            return;
        }
        if (used == MOST) {
            forget();
            return;
        }
        if (used == uids.length) {
            uids = Arrays.copyOf(uids, Math.max(16, 2 * used));
        }
        uids[used++] = (int) uid;
    }

    /// True when any row may be dirty.
    boolean many() {
        return many;
    }

    int count() {
        return used;
    }

    /// All rows are being made clean, or were.
    void clear() {
        uids = NONE;
        used = 0;
        many = false;
    }

    /// Some rows are dirty, nobody knows which.
    void forget() {
        uids = NONE;
        used = 0;
        many = true;
    }

    /// The UIDs, ascending; some more than once.
    int[] sorted() {
        int[] sorted = Arrays.copyOf(uids, used);
        for (int i = 0; i < used; i++) {
            sorted[i] ^= Integer.MIN_VALUE;
        }
        Arrays.sort(sorted);
        for (int i = 0; i < used; i++) {
            sorted[i] ^= Integer.MIN_VALUE;
        }
        return sorted;
    }
}
