package palomar.imap.order;

import java.util.List;
import palomar.imap.proto.SortCriterion;
import palomar.mail.UidSet;
import palomar.message.Collation;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;

/// Puts messages of one session's view in order. RFC 5256 3
///
/// @param cache columns of large mailboxes are kept there
/// @param user whose mailbox it is
public record Ordering(ColumnCache cache, String user, Mailbox mailbox, MailboxView view, Collation collation) {

    /// Messages by the criteria; those that are equal stay in the order of the view.
    ///
    /// @param found messages of the view
    /// @return places in `found`, counted from 0 in ascending order of UIDs
    public int[] sort(UidSet found, List<SortCriterion> criteria) {
        int[] uids = Columns.array(found);
        Columns columns = new Columns(cache, user, mailbox, view, uids);
        int[] order = Radix.places(uids.length);
        for (SortCriterion criterion : criteria.reversed()) {
            long[] keys = keys(columns, criterion);
            if (criterion.reverse()) {
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = ~keys[i];
                }
            }
            order = Radix.sort(order, keys);
        }
        return order;
    }

    private long[] keys(Columns columns, SortCriterion criterion) {
        return switch (criterion.key()) {
            case ARRIVAL -> columns.numbers(false);
            case SIZE -> columns.numbers(true);
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
        return columns.find(new Property.Text(field, collation)).keys();
    }
}
