package palomar.imap.proto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The arguments of COMPARATOR. RFC 5255 3.5 and 4.10
record LocaleParser(Arguments args) {

    Command comparator(Tag tag) throws IOException, SyntaxException {
        List<CollationPattern> orders = new ArrayList<>();
        for (String text : words("a collation")) {
            try {
                orders.add(CollationPattern.of(text));
            } catch (IllegalArgumentException illegal) {
                throw args.invalid("a collation that can't be one");
            }
        }
        return new Command.Comparator(tag, List.copyOf(orders));
    }

    private List<String> words(String what) throws IOException, SyntaxException {
        List<String> words = new ArrayList<>();
        while (args.isNext(' ')) {
            args.space(what);
            words.add(args.astring(what));
            if (words.size() > args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " arguments");
            }
        }
        args.end();
        return words;
    }
}
