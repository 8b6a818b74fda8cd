package palomar.imap.proto;

import java.io.IOException;

/// The arguments of FILTER and UID FILTER. draft-bosch-imap-filter-sieve-00 7
final class FilterParser {
    private enum Kind {
        SIEVE
    }

    private enum Source {
        DELIVERY,
        PERSONAL,
        GLOBAL,
        SCRIPT
    }

    private static final Words<Kind> KINDS = Words.of(Kind.class);
    private static final Words<Source> SOURCES = Words.of(Source.class);

    private final Arguments args;

    FilterParser(Arguments args) {
        this.args = args;
    }

    Command filter(Tag tag, Command.Numbering by) throws IOException, SyntaxException {
        args.space("SIEVE");
        if (args.word(KINDS, "SIEVE") == null) {
            throw args.invalid("unknown kind of filter " + args.shownWord());
        }
        args.space("DELIVERY, PERSONAL, GLOBAL or SCRIPT");
        Source kind = args.word(SOURCES, "DELIVERY, PERSONAL, GLOBAL or SCRIPT");
        if (kind == null) {
            throw args.invalid("unknown source of a script " + args.shownWord());
        }
        FilterCommand.Source source = switch (kind) {
            case DELIVERY -> new FilterCommand.Source.Delivery();
            case PERSONAL -> new FilterCommand.Source.Personal(name());
            case GLOBAL -> new FilterCommand.Source.Global(name());
            case SCRIPT -> {
                args.space("a script");
                yield new FilterCommand.Source.Script(args.astringBytes("a script"));
            }
        };
        SearchParser search = new SearchParser(args);
        SearchKey key = search.charsetAndKeys();
        return search.badCharset(tag, SearchReturns.NONE)
                .<Command>map(bad -> bad)
                .orElseGet(() -> new FilterCommand(tag, by, source, key));
    }

    private String name() throws IOException, SyntaxException {
        args.space("the name of a script");
        return args.astring("the name of a script");
    }
}
