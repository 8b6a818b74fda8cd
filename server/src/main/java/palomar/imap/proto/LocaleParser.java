package palomar.imap.proto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The arguments of COMPARATOR and LANGUAGE. RFC 5255 3.5 and 4.10
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

    Command language(Tag tag) throws IOException, SyntaxException {
        List<String> ranges = words("a language");
        for (String range : ranges) {
            if (!isRange(range)) {
                throw args.invalid("a language that can't be one");
            }
        }
        return new Command.Language(tag, List.copyOf(ranges));
    }

    /// `*`, or subtags of one to eight letters and digits. RFC 4647 2.1
    private static boolean isRange(String range) {
        int length = 0;
        boolean first = true;
        for (int i = 0; i < range.length(); i++) {
            char c = range.charAt(i);
            if (c == '-' && length > 0) {
                length = 0;
                first = false;
                continue;
            }
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean digit = c >= '0' && c <= '9';
            length++;
            if (!letter && (first || !digit) || length > 8) {
                return range.equals("*");
            }
        }
        return length > 0;
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
