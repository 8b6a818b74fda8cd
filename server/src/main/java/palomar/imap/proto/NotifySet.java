package palomar.imap.proto;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What NOTIFY SET asks to be told of. RFC 5465 3.1
///
/// @param status tell the counters of each watched mailbox now
/// @param groups in the client's order, at least one; at most one of them names the selected mailbox
/// @param unknown events that we do not know: NO [BADEVENT]
public record NotifySet(boolean status, List<Group> groups, List<String> unknown) {
    public NotifySet {
        groups = List.copyOf(groups);
        unknown = List.copyOf(unknown);
    }

    /// RFC 5465 5; [#wire()] is the name on the wire.
    public enum Event {
        MESSAGE_NEW("MessageNew"),
        MESSAGE_EXPUNGE("MessageExpunge"),
        FLAG_CHANGE("FlagChange"),
        ANNOTATION_CHANGE("AnnotationChange"),
        MAILBOX_NAME("MailboxName"),
        SUBSCRIPTION_CHANGE("SubscriptionChange"),
        MAILBOX_METADATA_CHANGE("MailboxMetadataChange"),
        SERVER_METADATA_CHANGE("ServerMetadataChange");

        private final String wire;

        Event(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }

        /// May it be asked of the selected mailbox? RFC 5465 8: message-event
        public boolean ofMessages() {
            return compareTo(ANNOTATION_CHANGE) <= 0;
        }
    }

    /// Which mailboxes a group is about. RFC 5465 6
    public sealed interface Filter {
        /// @param delayed expunges wait for a command that may report them; RFC 5465 6.1.2
        record Selected(boolean delayed) implements Filter {}

        record Inboxes() implements Filter {}

        record Personal() implements Filter {}

        record Subscribed() implements Filter {}

        /// @param names as the client wrote them, at least one
        record Subtree(List<String> names) implements Filter {}

        /// @param names as the client wrote them, without wildcards, at least one
        record Mailboxes(List<String> names) implements Filter {}
    }

    /// @param events none for NONE
    /// @param items what is told of each new message in the selected mailbox; empty: only EXISTS
    public record Group(Filter filter, Set<Event> events, List<FetchItem> items) {
        public Group {
            events = events.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(events));
            items = List.copyOf(items);
        }
    }

    /// The group about the selected mailbox.
    public Optional<Group> selected() {
        return groups.stream()
                .filter(group -> group.filter() instanceof Filter.Selected)
                .findFirst();
    }
}
