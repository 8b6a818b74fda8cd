package palomar.imap.proto;

import java.util.List;

/// Searches whose result has an order: SORT, THREAD and their UID forms. RFC 5256
public sealed interface OrderCommand extends Command.InSelected {
    Command.Numbering by();

    /// Which messages.
    SearchKey key();

    /// SORT and UID SORT. RFC 5256 3, with RETURN: RFC 5267 3
    ///
    /// @param criteria at least one, each key once
    record Sort(Tag tag, Command.Numbering by, SearchReturns returns, List<SortCriterion> criteria, SearchKey key)
            implements OrderCommand {
        public Sort {
            criteria = List.copyOf(criteria);
        }

        /// The same with another key.
        public Sort with(SearchKey other) {
            return new Sort(tag, by, returns, criteria, other);
        }
    }

    /// THREAD and UID THREAD. RFC 5256 3 (BASE.6.4.THREAD)
    record Thread(Tag tag, Command.Numbering by, ThreadAlgorithm algorithm, SearchKey key) implements OrderCommand {
        /// The same with another key.
        public Thread with(SearchKey other) {
            return new Thread(tag, by, algorithm, other);
        }
    }
}
