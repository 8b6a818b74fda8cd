package palomar.storage.loft.v1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import palomar.mail.UidSet;

/// The UIDs of a mailbox's living messages, ascending, and the views that share them. Belongs to a [LoadedBox];
/// under the monitor of the [Box].
final class LiveUids {
    private static final int[] NONE = {};

    private final Box box;

    /// Places at or above `count` are free.
    private int[] uids;

    private int count;
    private @Nullable UidView view;

    /// The newest view there was, unless messages went since.
    private @Nullable UidView before;

    LiveUids(Box box, Rows rows) {
        this.box = box;
        this.uids = rows.live() == 0 ? NONE : new int[rows.live()];
        for (int row = 0; row < rows.count(); row++) {
            long[] words = rows.words(row);
            int at = Rows.offset(row);
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
                    ? new UidView(uids, count, box.highestModSeq(), box.uidNext())
                    : older.later(uids, count, box.highestModSeq(), box.uidNext());
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
        if (count == uids.length) {
            uids = Arrays.copyOf(uids, count + Math.max(4, count >> 2));
        }
        uids[count++] = (int) uid;
    }

    /// One between others. A new array, because views hold the old one.
    void insert(long uid) {
        before = null;
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
