package palomar.imap.proto;

import java.util.List;

/// Searches whose result has an order: SORT and its UID form. RFC 5256
public sealed interface OrderCommand extends Command.InSelected {
    Command.Numbering by();

    /// Which messages.
    SearchKey key();

    /// SORT and UID SORT. RFC 5256 3, with RETURN: RFC 5267 3
    ///
    /// @param criteria at least one
    record Sort(Tag tag, Command.Numbering by, SearchReturns returns, List<SortCriterion> criteria, SearchKey key)
            implements OrderCommand {
        public Sort {
            criteria = List.copyOf(criteria);
        }
    }
}
