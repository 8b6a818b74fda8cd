package palomar.imap;

import java.util.List;
import palomar.imap.proto.FetchItem;
import palomar.imap.proto.NotifySet;
import palomar.imap.proto.NotifySet.Event;

/// What a NOTIFY asks of the selected mailbox. RFC 5465 6.1
///
/// @param delayed expunges wait for a command that may report them, or for IDLE
/// @param items what is told of each new message; empty: only that it is there
record SelectedWish(SelectedMailbox.Extent extent, boolean delayed, List<FetchItem> items) {
    static final SelectedWish NOTHING = new SelectedWish(SelectedMailbox.Extent.NOTHING, false, List.of());

    static SelectedWish of(NotifySet.Group group) {
        boolean delayed = group.filter() instanceof NotifySet.Filter.Selected(boolean waits) && waits;
        if (!group.events().contains(Event.MESSAGE_NEW)) {
            return NOTHING;
        }
        SelectedMailbox.Extent extent = group.events().contains(Event.FLAG_CHANGE)
                ? SelectedMailbox.Extent.ALL
                : SelectedMailbox.Extent.COUNTS;
        return new SelectedWish(extent, delayed, group.items());
    }
}
