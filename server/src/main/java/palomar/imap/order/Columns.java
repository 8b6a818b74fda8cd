package palomar.imap.order;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.UidSet;
import palomar.message.Digest;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;

/// The columns for one command: from the cache, gone on with what has come since, or read. One thread.
final class Columns {
    /// Fewer messages than this are read each time.
    private static final int WORTH_KEEPING = 500;
    /// So many times fewer messages than the mailbox has are read alone.
    private static final int SMALL_PART = 8;

    private final ColumnCache cache;
    private final String user;
    private final Mailbox mailbox;
    private final MailboxView view;
    private final int[] wanted;

    /// @param wanted UIDs, ascending, all of the view
    Columns(ColumnCache cache, String user, Mailbox mailbox, MailboxView view, int[] wanted) {
        this.cache = cache;
        this.user = user;
        this.mailbox = mailbox;
        this.view = view;
        this.wanted = wanted;
    }

    /// A column and where in it the wanted messages are.
    record Found(Column column, int[] rows) {
        long[] keys() {
            long[] keys = new long[rows.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = column.key(rows[i]);
            }
            return keys;
        }
    }

    Found find(Property property) {
        ColumnCache.Key key = new ColumnCache.Key(user, mailbox.id(), mailbox.uidValidity(), property);
        Column known = cache.get(key);
        int[] rows = known == null ? null : rows(known.uids(), wanted);
        if (known != null && rows != null) {
            return new Found(known, rows);
        }
        if (wanted.length < WORTH_KEEPING || wanted.length < view.count() / SMALL_PART) {
            return new Found(read(Column.none(property), wanted, 0), Radix.places(wanted.length));
        }
        int[] all = array(view.uids());
        Column whole = known == null ? null : continued(known, all);
        if (whole == null) {
            whole = read(Column.none(property), all, 0);
        }
        cache.put(key, whole);
        int[] found = rows(whole.uids(), wanted);
        if (found == null) {
            throw new IllegalStateException("a message of the view has no row");
        }
        return new Found(whole, found);
    }

    /// The known column with the messages behind it; null when messages before its end are missing too, or when
    /// most of its messages are gone.
    private @Nullable Column continued(Column known, int[] all) {
        int[] before = known.uids();
        if (before.length == 0 || before.length / 2 > all.length) {
            return null;
        }
        int from = placeAfter(all, before[before.length - 1]);
        if (rows(before, Arrays.copyOf(all, from)) == null) {
            return null;
        }
        int[] uids = Arrays.copyOf(before, before.length + all.length - from);
        System.arraycopy(all, from, uids, before.length, all.length - from);
        return read(known.grow(), uids, before.length);
    }

    private Column read(Column.Growing growing, int[] uids, int from) {
        try (MessageCursor cursor = mailbox.cursor()) {
            for (int i = from; i < uids.length; i++) {
                if (cursor.seek(Integer.toUnsignedLong(uids[i]))) {
                    growing.add(cursor.internalDate().getEpochSecond(), digest(cursor));
                } else {
                    growing.add(0, null);
                }
            }
        }
        return growing.build(uids);
    }

    /// A damaged message, which the store has reported, must not keep all others from being shown.
    private static @Nullable Digest digest(MessageCursor cursor) {
        try {
            return cursor.digest();
        } catch (MailException e) {
            if (e.kind() == MailError.CORRUPTION) {
                return null;
            }
            throw e;
        }
    }

    /// Internal dates in seconds, or sizes, of the wanted messages: the rows have them at hand.
    long[] numbers(boolean sizes) {
        long[] numbers = new long[wanted.length];
        try (MessageCursor cursor = mailbox.cursor()) {
            for (int i = 0; i < wanted.length; i++) {
                if (cursor.seek(Integer.toUnsignedLong(wanted[i]))) {
                    numbers[i] =
                            sizes ? cursor.size() : cursor.internalDate().getEpochSecond();
                }
            }
        }
        return numbers;
    }

    /// The first place whose UID is larger.
    private static int placeAfter(int[] uids, int uid) {
        int low = 0;
        int high = uids.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(uids[middle], uid) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Where each of `wanted` is in `uids`, both ascending; null when one is not there.
    private static int @Nullable [] rows(int[] uids, int[] wanted) {
        int[] rows = new int[wanted.length];
        int row = 0;
        for (int i = 0; i < wanted.length; i++) {
            while (row < uids.length && Integer.compareUnsigned(uids[row], wanted[i]) < 0) {
                row++;
            }
            if (row == uids.length || uids[row] != wanted[i]) {
                return null;
            }
            rows[i] = row;
        }
        return rows;
    }

    static int[] array(UidSet uids) {
        int[] array = new int[Math.toIntExact(uids.size())];
        int at = 0;
        for (int run = 0; run < uids.runs(); run++) {
            for (long uid = uids.first(run); uid <= uids.last(run); uid++) {
                array[at++] = (int) uid;
            }
        }
        return array;
    }
}
