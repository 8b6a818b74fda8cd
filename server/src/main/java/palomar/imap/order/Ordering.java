package palomar.imap.order;

import java.util.BitSet;
import java.util.List;
import palomar.imap.proto.SortCriterion;
import palomar.imap.proto.SortKey;
import palomar.imap.proto.ThreadAlgorithm;
import palomar.mail.UidSet;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;

/// Puts messages of one session's view in order. RFC 5256 3
///
/// @param cache columns of large mailboxes are kept there
/// @param user whose mailbox it is
public record Ordering(ColumnCache cache, String user, Mailbox mailbox, MailboxView view, TextOrder texts) {

    private static final byte[] NO_SCORES = new byte[0];

    /// The same for another view of the mailbox.
    public Ordering of(MailboxView other) {
        return new Ordering(cache, user, mailbox, other, texts);
    }

    /// Messages by the criteria; those that are equal stay in the order of the view.
    ///
    /// @param found messages of the view
    /// @return places in `found`, counted from 0 in ascending order of UIDs
    public int[] sort(UidSet found, List<SortCriterion> criteria) {
        return sort(found, criteria, NO_SCORES);
    }

    /// As [#sort(UidSet,List)], with what RELEVANCY needs.
    ///
    /// @param scores 1 to 100 for each message of `found`; only looked at for RELEVANCY
    public int[] sort(UidSet found, List<SortCriterion> criteria, byte[] scores) {
        int[] uids = Columns.array(found);
        Columns columns = new Columns(cache, user, mailbox, view, uids);
        int[] order = Radix.places(uids.length);
        for (SortCriterion criterion : criteria.reversed()) {
            long[] keys = criterion.key() == SortKey.RELEVANCY ? relevancy(scores) : keys(columns, criterion);
            if (criterion.reverse() != (texts.descending() && isText(criterion.key()))) {
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = ~keys[i];
                }
            }
            order = Radix.sort(order, keys);
        }
        return order;
    }

    private static boolean isText(SortKey key) {
        return switch (key) {
            case ARRIVAL, DATE, RELEVANCY, SIZE -> false;
            case SUBJECT, FROM, TO, CC, DISPLAYFROM, DISPLAYTO -> true;
        };
    }

    /// The highest score first. RFC 6203 6
    private static long[] relevancy(byte[] scores) {
        long[] keys = new long[scores.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = -scores[i];
        }
        return keys;
    }

    private long[] keys(Columns columns, SortCriterion criterion) {
        return switch (criterion.key()) {
            case ARRIVAL -> columns.numbers(false);
            case SIZE -> columns.numbers(true);
            case RELEVANCY -> throw new IllegalStateException("scores are no column");
            case DATE -> columns.find(new Property.SentDate()).keys();
            case SUBJECT -> text(columns, Property.Field.SUBJECT);
            case FROM -> text(columns, Property.Field.FROM);
            case TO -> text(columns, Property.Field.TO);
            case CC -> text(columns, Property.Field.CC);
            case DISPLAYFROM -> text(columns, Property.Field.DISPLAYFROM);
            case DISPLAYTO -> text(columns, Property.Field.DISPLAYTO);
        };
    }

    private long[] text(Columns columns, Property.Field field) {
        return columns.find(new Property.Text(field, texts.collation())).keys();
    }

    /// Messages in threads. RFC 5256 3 (BASE.6.4.THREAD)
    ///
    /// @param found messages of the view; the forest counts them from 0 in ascending order of UIDs
    public Forest thread(UidSet found, ThreadAlgorithm algorithm) {
        int[] uids = Columns.array(found);
        Columns columns = new Columns(cache, user, mailbox, view, uids);
        int[] byDate = Radix.sort(
                Radix.places(uids.length), columns.find(new Property.SentDate()).keys());
        return switch (algorithm) {
            case ORDEREDSUBJECT -> orderedSubject(columns, byDate);
            case REFERENCES -> references(columns, byDate);
            // The most recently changed thread is the last. draft-ietf-morg-inthread-01 4
            case REFS -> Forest.of(byDate, links(columns)).sortThreads(columns.numbers(false));
        };
    }

    private Forest orderedSubject(Columns columns, int[] byDate) {
        long[] subjects = text(columns, Property.Field.SUBJECT);
        int[] bySubject = Radix.sort(byDate.clone(), subjects);
        int[] parents = new int[byDate.length];
        int first = Forest.NONE;
        for (int message : bySubject) {
            boolean same = first != Forest.NONE && subjects[first] == subjects[message];
            parents[message] = same ? first : Forest.NONE;
            first = same ? first : message;
        }
        return Forest.of(byDate, parents);
    }

    private int[] links(Columns columns) {
        Columns.Found found = columns.find(new Property.Links());
        return new References((LinkColumn) found.column(), found.rows()).thread();
    }

    private Forest references(Columns columns, int[] byDate) {
        int[] parents = links(columns);
        Columns.Found found = columns.find(new Property.Links());
        LinkColumn links = (LinkColumn) found.column();
        Columns.Found subjectRows = columns.find(new Property.Text(Property.Field.SUBJECT, texts.collation()));
        TextColumn column = (TextColumn) subjectRows.column();
        int[] subjects = new int[byDate.length];
        BitSet replies = new BitSet();
        for (int message = 0; message < subjects.length; message++) {
            int row = subjectRows.rows()[message];
            subjects[message] = column.isEmpty(row) ? Forest.NONE : column.texts()[row];
            replies.set(message, links.replies().get(found.rows()[message]));
        }
        Forest forest = Forest.of(byDate, parents);
        return Forest.of(byDate, new SubjectMerge(forest, parents, subjects, replies).merge(column.table().count()));
    }
}
