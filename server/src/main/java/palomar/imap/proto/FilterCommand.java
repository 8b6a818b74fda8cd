package palomar.imap.proto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
        record Script(byte[] source) implements Source {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Script script && Arrays.equals(source, script.source);
            }

            @Override
            public int hashCode() {
                return Arrays.hashCode(source);
            }

            @Override
            public String toString() {
                return "Script[" + source.length + " bytes, " + Arrays.hashCode(source) + "]";
            }
        }
    }

    /// The same with other search keys.
    public FilterCommand with(SearchKey other) {
        return new FilterCommand(tag, by, source, other);
    }
}
