package palomar.imap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.imap.proto.NotifySet;
import palomar.imap.proto.NotifySet.Event;
import palomar.imap.proto.NotifySet.Filter;
import palomar.mail.MailException;
import palomar.mail.MailboxName;

/// What a NOTIFY asks of mailboxes that are not selected, by their names. Immutable. RFC 5465 6
///
/// Sets of events are bits, one an [Event#ordinal()].
final class Wishes {
    static final Wishes NONE = new Wishes(List.of());

    private static final int MESSAGES = bit(Event.MESSAGE_NEW) | bit(Event.FLAG_CHANGE) | bit(Event.ANNOTATION_CHANGE);

    private final List<Group> groups;
    private final int all;

    private enum Scope {
        EVERY,
        SUBSCRIBED,
        NAMED,
        BELOW
    }

    private record Group(Scope scope, Set<MailboxName> names, int events) {}

    private Wishes(List<Group> groups) {
        this.groups = groups;
        int events = 0;
        for (Group group : groups) {
            events |= group.events;
        }
        this.all = events;
    }

    static Wishes of(NotifySet asked) {
        List<Group> groups = new ArrayList<>();
        for (NotifySet.Group group : asked.groups()) {
            int events = bits(group.events());
            switch (group.filter()) {
                case Filter.Selected selected -> {
                    // the selected mailbox has its own way
                }
                // Mail may be delivered to every mailbox, by its address or by a script.
                case Filter.Inboxes inboxes -> groups.add(new Group(Scope.EVERY, Set.of(), events));
                case Filter.Personal personal -> groups.add(new Group(Scope.EVERY, Set.of(), events));
                case Filter.Subscribed subscribed -> groups.add(new Group(Scope.SUBSCRIBED, Set.of(), events));
                case Filter.Subtree(List<String> names) -> groups.add(new Group(Scope.BELOW, known(names), events));
                case Filter.Mailboxes(List<String> names) -> groups.add(new Group(Scope.NAMED, known(names), events));
            }
        }
        return new Wishes(List.copyOf(groups));
    }

    /// Names that no mailbox can have are ignored like those that none has. RFC 5465 3.1
    private static Set<MailboxName> known(List<String> texts) {
        Set<MailboxName> names = new HashSet<>();
        for (String text : texts) {
            try {
                names.add(Names.of(text));
            } catch (MailException noName) {
                continue;
            }
        }
        return names;
    }

    static int bit(Event event) {
        return 1 << event.ordinal();
    }

    private static int bits(Set<Event> events) {
        int bits = 0;
        for (Event event : events) {
            bits |= bit(event);
        }
        return bits;
    }

    static boolean has(int events, Event event) {
        return (events & bit(event)) != 0;
    }

    /// Does it need the mailbox's counters?
    static boolean hasMessages(int events) {
        return (events & MESSAGES) != 0;
    }

    /// Is it asked of any mailbox?
    boolean any(Event event) {
        return has(all, event);
    }

    boolean bySubscription() {
        return groups.stream().anyMatch(group -> group.scope == Scope.SUBSCRIBED);
    }

    /// The events that are asked of a mailbox: those of all groups that it belongs to.
    int of(MailboxName name, Set<MailboxName> subscriptions) {
        int events = 0;
        for (Group group : groups) {
            if ((group.events & ~events) != 0 && covers(group, name, subscriptions)) {
                events |= group.events;
            }
        }
        return events;
    }

    private static boolean covers(Group group, MailboxName name, Set<MailboxName> subscriptions) {
        return switch (group.scope) {
            case EVERY -> true;
            case SUBSCRIBED -> subscriptions.contains(name);
            case NAMED -> group.names.contains(name);
            case BELOW -> isWithin(group.names, name);
        };
    }

    private static boolean isWithin(Set<MailboxName> names, MailboxName name) {
        Optional<MailboxName> at = Optional.of(name);
        while (at.isPresent()) {
            if (names.contains(at.get())) {
                return true;
            }
            at = at.get().parent();
        }
        return false;
    }
}
