package palomar.imap;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import palomar.imap.order.Ordering;
import palomar.imap.proto.Command;
import palomar.imap.proto.EsearchWriter;
import palomar.imap.proto.SortCriterion;
import palomar.mail.UidSet;

/// The result of a SORT as the client has it, in its order, and how it is changed there: by the places of what
/// goes and comes. RFC 5267 4.3.3, 4.3.4. Four bytes a message. One thread at a time, as [SelectedMailbox].
final class SortedResults {
    private final Ordering ordering;
    private final List<SortCriterion> criteria;
    private final Command.Numbering by;
    /// UIDs, unsigned.
    private int[] told;

    /// @param ordering of the mailbox
    /// @param told UIDs in their order, unsigned; taken over
    SortedResults(Ordering ordering, List<SortCriterion> criteria, Command.Numbering by, int[] told) {
        this.ordering = ordering;
        this.criteria = criteria;
        this.by = by;
        this.told = told;
    }

    /// Takes results out, from the front: each place is the one after the removals before it.
    void remove(EsearchWriter out, SelectedMailbox box, UidSet removed) throws IOException {
        if (removed.isEmpty()) {
            return;
        }
        out.beginChange(EsearchWriter.Change.REMOVE);
        int[] left = new int[told.length];
        int kept = 0;
        for (int at = 0; at < told.length; ) {
            int end = at;
            while (end < told.length && removed.contains(Integer.toUnsignedLong(told[end]))) {
                end++;
            }
            if (end > at) {
                out.change(kept + 1, numbers(box, told, at, end));
                at = end;
            } else {
                left[kept++] = told[at++];
            }
        }
        out.endChange();
        told = Arrays.copyOf(left, kept);
    }

    /// Puts results in, from the front: each place is the one after the insertions before it.
    ///
    /// @param all what is in the result afterwards
    void add(EsearchWriter out, SelectedMailbox box, UidSet all, UidSet added) throws IOException {
        if (added.isEmpty()) {
            return;
        }
        int[] now = sorted(box, all);
        UidSet come = added;
        if (!Arrays.equals(told, without(now, added))) {
            // A message went away while its place was looked for: everything is told anew.
            remove(out, box, all.minus(added));
            come = all;
        }
        out.beginChange(EsearchWriter.Change.ADD);
        for (int at = 0; at < now.length; at++) {
            int end = at;
            while (end < now.length && come.contains(Integer.toUnsignedLong(now[end]))) {
                end++;
            }
            if (end > at) {
                out.change(at + 1, numbers(box, now, at, end));
                at = end;
            }
        }
        out.endChange();
        told = now;
    }

    private int[] sorted(SelectedMailbox box, UidSet all) {
        int[] uids = SortHandler.ascending(box, Command.Numbering.UID, all);
        int[] order = ordering.of(box.view()).sort(all, criteria);
        return Arrays.stream(order).map(place -> uids[place]).toArray();
    }

    private static int[] without(int[] uids, UidSet some) {
        int[] others = new int[uids.length];
        int size = 0;
        for (int uid : uids) {
            if (!some.contains(Integer.toUnsignedLong(uid))) {
                others[size++] = uid;
            }
        }
        return Arrays.copyOf(others, size);
    }

    /// What the client knows the messages by.
    private int[] numbers(SelectedMailbox box, int[] uids, int from, int to) {
        int[] numbers = Arrays.copyOfRange(uids, from, to);
        if (by == Command.Numbering.SEQ) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = box.view().seq(Integer.toUnsignedLong(numbers[i]));
            }
        }
        return numbers;
    }
}
