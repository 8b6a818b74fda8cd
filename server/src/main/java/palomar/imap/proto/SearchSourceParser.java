package palomar.imap.proto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `IN (...)` of ESEARCH. RFC 7377 4: esearch-source-opts
final class SearchSourceParser {
    private enum Kind {
        INBOXES,
        MAILBOXES,
        PERSONAL,
        SELECTED,
        SUBSCRIBED,
        SUBTREE,
        SUBTREE_ONE
    }

    private static final Words<Kind> KINDS = Words.of(Kind.class);

    private final Arguments args;
    private int names;

    SearchSourceParser(Arguments args) {
        this.args = args;
    }

    /// Everything after the word IN.
    List<SearchSource> sources() throws IOException, SyntaxException {
        args.space("sources in parentheses");
        args.take('(', "sources in parentheses");
        List<SearchSource> sources = new ArrayList<>();
        do {
            if (sources.size() == args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " sources");
            }
            sources.add(source());
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of sources");
        return sources;
    }

    private SearchSource source() throws IOException, SyntaxException {
        Kind kind = args.word(KINDS, "which mailboxes to search");
        if (kind == null) {
            throw args.invalid("unknown source " + args.shownWord());
        }
        return switch (kind) {
            case INBOXES -> SearchSource.Group.INBOXES;
            case PERSONAL -> SearchSource.Group.PERSONAL;
            case SELECTED -> SearchSource.Group.SELECTED;
            case SUBSCRIBED -> SearchSource.Group.SUBSCRIBED;
            case MAILBOXES -> new SearchSource.Mailboxes(names());
            case SUBTREE -> new SearchSource.Subtree(names());
            case SUBTREE_ONE -> new SearchSource.SubtreeOne(names());
        };
    }

    private List<String> names() throws IOException, SyntaxException {
        args.space("a mailbox name");
        if (!args.skip('(')) {
            return List.of(name());
        }
        List<String> list = new ArrayList<>();
        do {
            list.add(name());
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of mailbox names");
        return list;
    }

    private String name() throws IOException, SyntaxException {
        if (++names > args.limits().items()) {
            throw args.invalid("more than " + args.limits().items() + " mailbox names");
        }
        return args.mailbox("a mailbox name");
    }
}
