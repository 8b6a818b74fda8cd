package palomar.imap.proto;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Commands about URLs that open a message to others. RFC 4467 7, RFC 5524 3. URLs are as the client wrote them.
public sealed interface UrlCommand extends Command.InAuthenticated {

    /// GENURLAUTH
    record Generate(Tag tag, List<Rump> urls) implements UrlCommand {
        public Generate {
            urls = List.copyOf(urls);
        }
    }

    /// @param mechanism in capitals
    record Rump(String url, String mechanism) {}

    /// RESETKEY
    ///
    /// @param mailbox empty: all keys
    /// @param mechanisms in capitals
    record Reset(Tag tag, Optional<String> mailbox, List<String> mechanisms) implements UrlCommand {
        public Reset {
            mechanisms = List.copyOf(mechanisms);
        }
    }

    /// URLFETCH
    record Fetch(Tag tag, List<Wanted> urls) implements UrlCommand {
        public Fetch {
            urls = List.copyOf(urls);
        }
    }

    /// @param items empty for the unextended form, which wants the bare content
    record Wanted(String url, Set<Item> items) {
        public Wanted {
            items = items.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(items));
        }
    }

    /// RFC 5524 3.1; in the order in which they are answered.
    enum Item {
        BODYPARTSTRUCTURE,
        BODY,
        BINARY
    }
}
