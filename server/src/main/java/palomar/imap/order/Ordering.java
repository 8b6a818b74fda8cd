package palomar.imap.order;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        Columns columns = new Columns(cache, user, mailbox, view, uids).with(properties(criteria));
        int[] order = Radix.places(uids.length);
        for (SortCriterion criterion : criteria.reversed()) {
            Property property = property(criterion.key());
            long[] keys = criterion
                    .annotation()
                    .map(key -> AnnotationKeys.of(mailbox, uids, key, texts.collation()))
                    .orElseGet(() -> keys(columns, criterion.key(), property, scores));
            boolean ofText = property instanceof Property.Text || criterion.key() == SortKey.ANNOTATION;
            if (criterion.reverse() != (texts.descending() && ofText)) {
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = ~keys[i];
                }
            }
            order = Radix.sort(order, keys);
        }
        return order;
    }

    /// The highest score first. RFC 6203 6
    private static long[] relevancy(byte[] scores) {
        long[] keys = new long[scores.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = -scores[i];
        }
        return keys;
    }

    private List<Property> properties(List<SortCriterion> criteria) {
        List<Property> properties = new ArrayList<>();
        for (SortCriterion criterion : criteria) {
            Property property = property(criterion.key());
            if (property != null) {
                properties.add(property);
            }
        }
        return properties;
    }

    private static long[] keys(Columns columns, SortKey key, @Nullable Property property, byte[] scores) {
        if (property != null) {
            return columns.find(property).keys();
        }
        return key == SortKey.RELEVANCY ? relevancy(scores) : columns.numbers(key == SortKey.SIZE);
    }

    /// What of a message is looked up for a key; null for what its row has, or the search gave.
    private @Nullable Property property(SortKey key) {
        return switch (key) {
            case ARRIVAL, SIZE, RELEVANCY, ANNOTATION -> null;
            case DATE -> new Property.SentDate();
            case SUBJECT -> text(Property.Field.SUBJECT);
            case FROM -> text(Property.Field.FROM);
            case TO -> text(Property.Field.TO);
            case CC -> text(Property.Field.CC);
            case DISPLAYFROM -> text(Property.Field.DISPLAYFROM);
            case DISPLAYTO -> text(Property.Field.DISPLAYTO);
        };
    }

    private Property text(Property.Field field) {
        return new Property.Text(field, texts.collation());
    }

    /// Messages in threads. RFC 5256 3 (BASE.6.4.THREAD)
    ///
    /// @param found messages of the view; the forest counts them from 0 in ascending order of UIDs
    public Forest thread(UidSet found, ThreadAlgorithm algorithm) {
        int[] uids = Columns.array(found);
        Property date = new Property.SentDate();
        Property links = new Property.Links();
        Property subject = text(Property.Field.SUBJECT);
        List<Property> properties = switch (algorithm) {
            case ORDEREDSUBJECT -> List.of(date, subject);
            case REFERENCES -> List.of(date, links, subject);
            case REFS -> List.of(date, links);
        };
        Columns columns = new Columns(cache, user, mailbox, view, uids).with(properties);
        int[] byDate = Radix.sort(Radix.places(uids.length), columns.find(date).keys());
        return switch (algorithm) {
            case ORDEREDSUBJECT -> orderedSubject(columns, byDate);
            case REFERENCES -> references(columns, byDate);
            // The most recently changed thread is the last. draft-ietf-morg-inthread-01 4
            case REFS -> Forest.of(byDate, links(columns)).sortThreads(columns.numbers(false));
        };
    }

    private Forest orderedSubject(Columns columns, int[] byDate) {
        long[] subjects = columns.find(text(Property.Field.SUBJECT)).keys();
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
        Columns.Found subjectRows = columns.find(text(Property.Field.SUBJECT));
        TextColumn column = (TextColumn) subjectRows.column();
        int[] subjects = new int[byDate.length];
        BitSet replies = new BitSet();
        for (int message = 0; message < subjects.length; message++) {
            int row = subjectRows.rows()[message];
            subjects[message] = column.isEmpty(row) ? Forest.NONE : column.texts()[row];
            replies.set(message, links.replies().get(found.rows()[message]));
        }
        Forest forest = Forest.of(byDate, parents);
        return Forest.of(
                byDate,
                new SubjectMerge(forest, parents, subjects, replies)
                        .merge(column.table().count()));
    }
}
