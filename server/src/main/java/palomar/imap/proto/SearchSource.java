package palomar.imap.proto;

import java.util.List;

/// Which mailboxes ESEARCH looks into. RFC 7377 2.2, RFC 5465 6
public sealed interface SearchSource {

    /// Those that need no name.
    enum Group implements SearchSource {
        SELECTED,
        /// The user's own ones that mail may be delivered to.
        INBOXES,
        /// All of the user's own.
        PERSONAL,
        SUBSCRIBED
    }

    /// @param names at least one, without wildcards
    record Mailboxes(List<String> names) implements SearchSource {
        public Mailboxes {
            names = List.copyOf(names);
        }
    }

    /// The named ones and everything below them.
    record Subtree(List<String> names) implements SearchSource {
        public Subtree {
            names = List.copyOf(names);
        }
    }

    /// The named ones and those one level below them.
    record SubtreeOne(List<String> names) implements SearchSource {
        public SubtreeOne {
            names = List.copyOf(names);
        }
    }
}
