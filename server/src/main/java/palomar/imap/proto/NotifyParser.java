package palomar.imap.proto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palomar.imap.proto.NotifySet.Event;
import palomar.imap.proto.NotifySet.Filter;

/// The arguments of NOTIFY. RFC 5465 8. One object a command.
final class NotifyParser {
    private static final Set<Event> COUNTS = EnumSet.of(Event.MESSAGE_NEW, Event.MESSAGE_EXPUNGE);

    private enum Form {
        NONE,
        SET
    }

    private enum Scope {
        INBOXES,
        MAILBOXES,
        PERSONAL,
        SELECTED,
        SELECTED_DELAYED,
        SUBSCRIBED,
        SUBTREE
    }

    private static final Words<Form> FORMS = Words.of(Form.class);
    private static final Words<Boolean> STATUS = Words.of(Map.of("STATUS", true));
    private static final Words<Boolean> NONE = Words.of(Map.of("NONE", true));
    private static final Words<Scope> SCOPES = Words.of(Scope.class);
    private static final Map<String, Event> EVENTS = eventNames();

    private final Arguments args;
    private final FetchParser fetches;
    private final List<String> unknown = new ArrayList<>();

    NotifyParser(Arguments args, FetchParser fetches) {
        this.args = args;
        this.fetches = fetches;
    }

    private static Map<String, Event> eventNames() {
        Map<String, Event> names = new HashMap<>();
        for (Event event : Event.values()) {
            names.put(event.wire().toUpperCase(Locale.ROOT), event);
        }
        return Map.copyOf(names);
    }

    /// Everything after NOTIFY.
    Command.Notify notify(Tag tag) throws IOException, SyntaxException {
        args.space("SET or NONE");
        Form form = args.word(FORMS, "SET or NONE");
        if (form == null) {
            throw args.invalid(args.shownWord() + " instead of SET or NONE");
        }
        Optional<NotifySet> asked = form == Form.SET ? Optional.of(set()) : Optional.empty();
        args.end();
        return new Command.Notify(tag, asked);
    }

    private NotifySet set() throws IOException, SyntaxException {
        args.space("STATUS or a group of events in parentheses");
        boolean status = false;
        if (!args.isNext('(')) {
            status = args.word(STATUS, "STATUS or a group of events in parentheses") != null;
            if (!status) {
                throw args.invalid(args.shownWord() + " instead of STATUS");
            }
            args.space("a group of events in parentheses");
        }
        List<NotifySet.Group> groups = new ArrayList<>();
        boolean selected = false;
        do {
            NotifySet.Group group = group();
            if (group.filter() instanceof Filter.Selected) {
                if (selected) {
                    throw args.invalid("two groups for the selected mailbox");
                }
                selected = true;
            }
            groups.add(group);
            if (groups.size() > args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " groups of events");
            }
        } while (args.skip(' '));
        return new NotifySet(status, groups, unknown);
    }

    private NotifySet.Group group() throws IOException, SyntaxException {
        args.take('(', "a group of events in parentheses");
        Filter filter = filter();
        args.space("events in parentheses or NONE");
        Set<Event> events = EnumSet.noneOf(Event.class);
        List<FetchItem> items = new ArrayList<>();
        int unknownBefore = unknown.size();
        if (args.skip('(')) {
            events(filter, events, items);
        } else if (args.word(NONE, "events in parentheses or NONE") == null) {
            throw args.invalid(args.shownWord() + " instead of NONE");
        }
        args.take(')', "the closing parenthesis of a group");
        if (unknown.size() == unknownBefore) {
            check(filter, events);
        }
        return new NotifySet.Group(filter, events, items);
    }

    private Filter filter() throws IOException, SyntaxException {
        Scope scope = args.word(SCOPES, "which mailboxes are meant");
        if (scope == null) {
            throw args.invalid("unknown kind of mailboxes " + args.shownWord());
        }
        return switch (scope) {
            case SELECTED -> new Filter.Selected(false);
            case SELECTED_DELAYED -> new Filter.Selected(true);
            case INBOXES -> new Filter.Inboxes();
            case PERSONAL -> new Filter.Personal();
            case SUBSCRIBED -> new Filter.Subscribed();
            case SUBTREE -> new Filter.Subtree(names());
            case MAILBOXES -> new Filter.Mailboxes(names());
        };
    }

    private List<String> names() throws IOException, SyntaxException {
        args.space("a mailbox name");
        if (!args.skip('(')) {
            return List.of(args.mailbox("a mailbox name"));
        }
        List<String> names = new ArrayList<>();
        do {
            if (names.size() == args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " mailbox names");
            }
            names.add(args.mailbox("a mailbox name"));
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of mailbox names");
        return List.copyOf(names);
    }

    private void events(Filter filter, Set<Event> events, List<FetchItem> items) throws IOException, SyntaxException {
        boolean more = true;
        while (more) {
            boolean fresh = event(filter, events);
            more = args.skip(' ');
            if (more && fresh && args.isNext('(')) {
                if (!(filter instanceof Filter.Selected)) {
                    throw args.invalid("items of messages outside the selected mailbox");
                }
                items.addAll(fetches.list());
                more = args.skip(' ');
            }
        }
        args.take(')', "a space or the closing parenthesis of events");
    }

    /// True for MessageNew, which a list of items may follow.
    private boolean event(Filter filter, Set<Event> events) throws IOException, SyntaxException {
        String name = args.atom("an event");
        Event event = EVENTS.get(name.toUpperCase(Locale.ROOT));
        if (event == null) {
            if (unknown.size() < args.limits().items()) {
                unknown.add(name);
            }
            return false;
        }
        if (filter instanceof Filter.Selected && !event.ofMessages()) {
            throw args.invalid(event.wire() + " of the selected mailbox");
        }
        events.add(event);
        return event == Event.MESSAGE_NEW;
    }

    /// RFC 5465 5
    private void check(Filter filter, Set<Event> events) throws SyntaxException {
        boolean flags = events.contains(Event.FLAG_CHANGE) || events.contains(Event.ANNOTATION_CHANGE);
        boolean some = events.contains(Event.MESSAGE_NEW) || events.contains(Event.MESSAGE_EXPUNGE);
        if ((flags || some) && !events.containsAll(COUNTS)) {
            throw args.invalid("MessageNew and MessageExpunge not both");
        }
    }
}
