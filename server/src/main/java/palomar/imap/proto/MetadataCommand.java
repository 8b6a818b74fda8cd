package palomar.imap.proto;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Commands about annotations. RFC 5464 4
///
/// Entry names are in lower case and valid; an empty mailbox name stands for the server.
public sealed interface MetadataCommand extends Command.InAuthenticated {

    /// How far below the named entries GETMETADATA looks. RFC 5464 4.2.2
    enum Depth {
        ZERO,
        ONE,
        INFINITY
    }

    /// GETMETADATA. RFC 5464 4.2
    ///
    /// @param maxSize values above so many bytes are left out
    record Get(Tag tag, String mailbox, Depth depth, OptionalLong maxSize, List<String> entries)
            implements MetadataCommand {
        public Get {
            entries = List.copyOf(entries);
        }
    }

    /// SETMETADATA. RFC 5464 4.3
    ///
    /// @param values in the client's order; empty: the entry goes
    record Set(Tag tag, String mailbox, Map<String, Optional<byte[]>> values) implements MetadataCommand {
        public Set {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("Set[tag=" + tag + ", mailbox=" + mailbox);
            values.forEach((entry, value) -> text.append(", ")
                    .append(entry)
                    .append(value.isPresent() ? "=" + value.get().length + " bytes" : "=NIL"));
            return text.append(']').toString();
        }
    }

    /// A SETMETADATA with a literal larger than a value may be: it was refused unread. NO, not BAD: RFC 5464
    /// 4.3
    record TooLong(Tag tag, long size) implements MetadataCommand {}
}
