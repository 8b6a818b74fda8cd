package palomar.imap.proto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The arguments of GETMETADATA and SETMETADATA, and of LIST RETURN (METADATA ...). RFC 5464 5, RFC 9590
final class MetadataParser {
    private static final String PRIVATE = "/private";
    private static final String SHARED = "/shared";
    private static final String VENDOR = "vendor";

    private enum Option {
        MAXSIZE,
        DEPTH
    }

    private static final Words<Option> OPTIONS = Words.of(Option.class);
    private static final Words<MetadataCommand.Depth> DEPTHS = Words.of(Map.of(
            "0", MetadataCommand.Depth.ZERO,
            "1", MetadataCommand.Depth.ONE,
            "INFINITY", MetadataCommand.Depth.INFINITY));

    private final Arguments args;
    private OptionalLong maxSize = OptionalLong.empty();
    private MetadataCommand.Depth depth = MetadataCommand.Depth.ZERO;

    MetadataParser(Arguments args) {
        this.args = args;
    }

    /// Everything after GETMETADATA. The options stand before the mailbox in the grammar of RFC 5464 5 and behind
    /// it in its examples; clients do both. Several entries without parentheses are in its examples too.
    MetadataCommand.Get get(Tag tag) throws IOException, SyntaxException {
        args.space("options or a mailbox name");
        if (args.skip('(')) {
            options();
            args.space("a mailbox name");
        }
        String mailbox = args.mailbox("a mailbox name");
        args.space("entries or options");
        Set<String> entries = new LinkedHashSet<>();
        boolean list = args.skip('(');
        if (list && isOption()) {
            options();
            args.space("entries");
            list = args.skip('(');
        }
        if (list) {
            entriesInList(entries);
        } else {
            do {
                add(entries);
            } while (args.skip(' ') && !args.line().atLineEnd());
        }
        args.end();
        return new MetadataCommand.Get(tag, mailbox, depth, maxSize, List.copyOf(entries));
    }

    /// In parentheses stands either an entry, which begins with a slash and may be quoted or a literal, or a word.
    private boolean isOption() throws IOException {
        int b = args.peek();
        return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
    }

    private void options() throws IOException, SyntaxException {
        do {
            Option option = args.word(OPTIONS, "MAXSIZE or DEPTH");
            if (option == null) {
                throw args.invalid("unknown option " + args.shownWord());
            }
            switch (option) {
                case MAXSIZE -> {
                    args.space("a size");
                    maxSize = OptionalLong.of(args.number("a size"));
                }
                case DEPTH -> {
                    args.space("0, 1 or infinity");
                    MetadataCommand.Depth given = args.word(DEPTHS, "0, 1 or infinity");
                    if (given == null) {
                        throw args.invalid("DEPTH " + args.shownWord() + " in place of 0, 1 or infinity");
                    }
                    depth = given;
                }
            }
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of options");
    }

    /// `/shared/comment /private/comment)`, the parenthesis before has been taken.
    private void entriesInList(Set<String> entries) throws IOException, SyntaxException {
        do {
            add(entries);
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of entries");
    }

    /// ` (entry ...)` behind METADATA in LIST.
    List<String> returnOption() throws IOException, SyntaxException {
        args.space("entries in parentheses");
        args.take('(', "entries in parentheses");
        Set<String> entries = new LinkedHashSet<>();
        entriesInList(entries);
        return new ArrayList<>(entries);
    }

    private void add(Set<String> entries) throws IOException, SyntaxException {
        if (entries.size() == args.limits().items()) {
            throw args.invalid("more than " + args.limits().items() + " entries");
        }
        entries.add(entry(1));
    }

    /// Everything after SETMETADATA.
    Command set(Tag tag) throws IOException, SyntaxException {
        args.space("a mailbox name");
        String mailbox = args.mailbox("a mailbox name");
        args.space("entries and values in parentheses");
        args.take('(', "entries and values in parentheses");
        Map<String, Optional<byte[]>> values = new LinkedHashMap<>();
        do {
            if (values.size() == args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " entries");
            }
            String entry = entry(2);
            args.space("a value");
            if (args.isNext('{') || args.isNext('~')) {
                boolean binary = args.skip('~');
                Arguments.LiteralHeader header = args.literalHeader();
                LineInput line = args.line();
                if (!line.fitsAnnotation(header.size())) {
                    line.refuseLiteral(header.size(), header.synchronising());
                    return line.skipRest()
                            ? new MetadataCommand.TooLong(tag, header.size())
                            : new Command.Overrun(tag, "too much data after a value that is too long");
                }
                values.put(entry, Optional.of(literal(args, header, binary)));
            } else {
                values.put(entry, quotedOrNil(args));
            }
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of entries and values");
        args.end();
        return new MetadataCommand.Set(tag, mailbox, values);
    }

    /// A value that is a literal and fits.
    static byte[] literal(Arguments args, Arguments.LiteralHeader header, boolean binary)
            throws IOException, SyntaxException {
        byte[] bytes = args.line().literal(header.size(), header.synchronising());
        for (int i = 0; !binary && i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw args.invalid("NUL in a literal that is no literal8");
            }
        }
        return bytes;
    }

    static Optional<byte[]> quotedOrNil(Arguments args) throws IOException, SyntaxException {
        if (args.isNext('"')) {
            byte[] bytes = args.quoted();
            if (Decoding.utf8(bytes, bytes.length).isEmpty()) {
                throw args.invalid("a quoted value that is not UTF-8");
            }
            return Optional.of(bytes);
        }
        if (!args.name("a string or NIL").equals("NIL")) {
            throw args.invalid("neither a string nor NIL");
        }
        return Optional.empty();
    }

    /// A name in lower case. RFC 5464 3.2
    ///
    /// @param components that it has at least; below the place for vendors four, when it is to be set
    private String entry(int components) throws IOException, SyntaxException {
        byte[] bytes = args.astringBytes("an entry as /shared/comment");
        for (byte b : bytes) {
            if (b < 0x20 || b == 0x7f || b == '*' || b == '%') {
                throw args.invalid("an entry with a byte that no entry may have");
            }
        }
        String entry = new String(bytes, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        List<String> parts = List.of(entry.split("/", -1));
        boolean scope = entry.equals(PRIVATE)
                || entry.equals(SHARED)
                || entry.startsWith(PRIVATE + "/")
                || entry.startsWith(SHARED + "/");
        if (!scope) {
            throw args.invalid("an entry that begins neither with /private nor with /shared");
        }
        if (parts.subList(1, parts.size()).contains("")) {
            throw args.invalid("an entry with an empty component");
        }
        boolean vendor = parts.size() > 2 && parts.get(2).equals(VENDOR);
        int least = components > 1 && vendor ? 4 : components;
        if (parts.size() - 1 < least) {
            throw args.invalid("an entry with fewer than " + least + " components");
        }
        return entry;
    }
}
