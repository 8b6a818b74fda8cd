package palomar.imap.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Property, Found> found = new HashMap<>();

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

    /// Reads in one pass what nothing is known of yet, when that is more than one of the properties.
    Columns with(List<Property> properties) {
        List<Property> missing = new ArrayList<>(properties);
        missing.removeIf(property -> cache.get(key(property)) != null);
        if (missing.size() < 2) {
            return this;
        }
        int[] uids = isSmall() ? wanted : array(view.uids());
        List<Column> columns = read(missing.stream().map(Column::none).toList(), uids, 0);
        for (int i = 0; i < missing.size(); i++) {
            keep(missing.get(i), columns.get(i));
        }
        return this;
    }

    Found find(Property property) {
        Found before = found.get(property);
        if (before != null) {
            return before;
        }
        Column known = cache.get(key(property));
        int[] rows = known == null ? null : rows(known.uids(), wanted);
        if (known != null && rows != null) {
            return new Found(known, rows);
        }
        if (isSmall()) {
            return keep(property, read(Column.none(property), wanted, 0));
        }
        int[] all = array(view.uids());
        Column whole = known == null ? null : continued(known, all);
        return keep(property, whole == null ? read(Column.none(property), all, 0) : whole);
    }

    private boolean isSmall() {
        return wanted.length < WORTH_KEEPING || wanted.length < view.count() / SMALL_PART;
    }

    private ColumnCache.Key key(Property property) {
        return new ColumnCache.Key(user, mailbox.id(), mailbox.uidValidity(), property);
    }

    private Found keep(Property property, Column column) {
        if (!isSmall()) {
            cache.put(key(property), column);
        }
        int[] rows = rows(column.uids(), wanted);
        if (rows == null) {
            throw new IllegalStateException("a message of the view has no row");
        }
        Found kept = new Found(column, rows);
        found.put(property, kept);
        return kept;
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
        return read(List.of(growing), uids, from).getFirst();
    }

    private List<Column> read(List<Column.Growing> growing, int[] uids, int from) {
        try (MessageCursor cursor = mailbox.cursor()) {
            for (int i = from; i < uids.length; i++) {
                boolean there = cursor.seek(Integer.toUnsignedLong(uids[i]));
                long arrived = there ? cursor.internalDate().getEpochSecond() : 0;
                Digest digest = there ? digest(cursor) : null;
                for (Column.Growing column : growing) {
                    column.add(arrived, digest);
                }
            }
        }
        return growing.stream().map(column -> column.build(uids)).toList();
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
                    numbers[i] = sizes ? cursor.size() : cursor.internalDate().getEpochSecond();
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
