package palomar.imap;

import java.util.List;
import palomar.imap.proto.FetchItem;
import palomar.imap.proto.NotifySet;
import palomar.imap.proto.NotifySet.Event;

/// What a NOTIFY asks of the selected mailbox. RFC 5465 6.1
///
/// @param annotations changes of annotations are told, RFC 5257 4.4
/// @param delayed expunges wait for a command that may report them, or for IDLE
/// @param items what is told of each new message; empty: only that it is there
record SelectedWish(SelectedMailbox.Extent extent, boolean annotations, boolean delayed, List<FetchItem> items) {
    static final SelectedWish NOTHING = new SelectedWish(SelectedMailbox.Extent.NOTHING, false, false, List.of());

    static SelectedWish of(NotifySet.Group group) {
        boolean delayed = group.filter() instanceof NotifySet.Filter.Selected(boolean waits) && waits;
        if (!group.events().contains(Event.MESSAGE_NEW)) {
            return NOTHING;
        }
        boolean annotations = group.events().contains(Event.ANNOTATION_CHANGE);
        SelectedMailbox.Extent rest = annotations ? SelectedMailbox.Extent.ANNOTATIONS : SelectedMailbox.Extent.COUNTS;
        SelectedMailbox.Extent extent = group.events().contains(Event.FLAG_CHANGE) ? SelectedMailbox.Extent.ALL : rest;
        return new SelectedWish(extent, annotations, delayed, group.items());
    }
}
