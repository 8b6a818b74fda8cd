package palomar.imap.proto;

/// FILTER and UID FILTER. draft-bosch-imap-filter-sieve-00 3.2
///
/// @param key which of the messages
public record FilterCommand(Tag tag, Command.Numbering by, Source source, SearchKey key) implements Command.InSelected {

    /// Which script.
    public sealed interface Source {
        /// Those that deliveries go through.
        record Delivery() implements Source {}

        /// One of the user's own.
        record Personal(String name) implements Source {}

        /// One of the operator's.
        record Global(String name) implements Source {}

        /// The one in the command.
        record Script(byte[] source) implements Source {}
    }

    /// The same with other search keys.
    public FilterCommand with(SearchKey other) {
        return new FilterCommand(tag, by, source, other);
    }
}
