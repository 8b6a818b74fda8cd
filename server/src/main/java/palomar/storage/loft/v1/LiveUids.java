package palomar.storage.loft.v1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import palomar.mail.UidSet;

/// The UIDs of a mailbox's living messages, ascending, and the views that share them. Belongs to a [LoadedBox];
/// under the monitor of the [Box].
final class LiveUids {
    static final int[] NONE = {};

    /// Rows that are looked at in one call: few, so that the method is compiled soon when a mailbox is the first
    /// that is opened after a start.
    private static final int AT_ONCE = 64;

    private final Box box;

    /// [#NONE] while they have no holes: then they are `first`, `first + 1` and so on, as in a mailbox from which
    /// nothing was ever expunged. Else places at or above `count` are free.
    private int[] uids = NONE;

    private int first;
    private int count;
    private @Nullable UidView view;

    /// The newest view there was, unless messages went since.
    private @Nullable UidView before;

    LiveUids(Box box, Rows rows) {
        this.box = box;
        int all = rows.count();
        if (rows.expunged() == 0 && (all == 0 || rows.uid(all - 1) - rows.uid(0) == all - 1)) {
            this.first = all == 0 ? 0 : (int) rows.uid(0);
            this.count = all;
            return;
        }
        this.uids = new int[rows.live()];
        for (int row = 0; row < all; row += AT_ONCE) {
            take(rows.words(row), Rows.offset(row), Math.min(AT_ONCE, all - row));
        }
    }

    private void take(long[] words, int from, int rows) {
        for (int at = from; at < from + rows * Row.WORDS; at += Row.WORDS) {
            if (!Row.expunged(words, at)) {
                uids[count++] = (int) Row.uid(words, at);
            }
        }
    }

    /// The messages now; the same object until something changes.
    UidView view() {
        UidView now = view;
        if (now == null) {
            UidView older = before;
            now = older == null
                    ? new UidView(uids, first, count, box.highestModSeq(), box.uidNext())
                    : older.later(uids, first, count, box.highestModSeq(), box.uidNext());
            view = now;
            before = now;
        }
        return now;
    }

    /// Something that a view shows has changed.
    void changed() {
        view = null;
    }

    /// How many have this UID or a larger one.
    long from(long uid) {
        if (uids == NONE) {
            return Math.clamp(Integer.toUnsignedLong(first) + count - uid, 0, count);
        }
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.toUnsignedLong(uids[middle]) < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return count - low;
    }

    /// One with the highest UID.
    void add(long uid) {
        if (uids == NONE) {
            if (count == 0) {
                first = (int) uid;
            }
            if (Integer.toUnsignedLong(first) + count == uid) {
                count++;
                return;
            }
            spread();
        }
        if (count == uids.length) {
            uids = Arrays.copyOf(uids, count + Math.max(4, count >> 2));
        }
        uids[count++] = (int) uid;
    }

    /// From now on there are holes.
    private void spread() {
        int[] all = new int[count + Math.max(4, count >> 2)];
        for (int i = 0; i < count; i++) {
            all[i] = first + i;
        }
        uids = all;
    }

    /// One between others. A new array, because views hold the old one.
    void insert(long uid) {
        before = null;
        if (uids == NONE) {
            spread();
        }
        int place = count - (int) from(uid);
        int[] more = new int[count + 1];
        System.arraycopy(uids, 0, more, 0, place);
        more[place] = (int) uid;
        System.arraycopy(uids, place, more, place + 1, count - place);
        uids = more;
        count++;
    }

    /// A new array, because views hold the old one.
    void remove(UidSet gone) {
        if (uids == NONE) {
            spread();
        }
        int[] rest = new int[count];
        int used = 0;
        int from = 0;
        for (int run = 0; run < gone.runs(); run++) {
            int first = count - (int) from(gone.first(run));
            int end = count - (int) from(gone.last(run) + 1);
            System.arraycopy(uids, from, rest, used, first - from);
            used += first - from;
            from = end;
        }
        System.arraycopy(uids, from, rest, used, count - from);
        count = used + count - from;
        uids = rest;
        before = null;
    }

    /// Of heap, about.
    long bytes() {
        return 4L * uids.length;
    }
}
