package palomar.imap.proto;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands behind the word ANNOTATION, wherever it does. RFC 5257 5
final class AnnotationParser {
    private static final Map<String, Set<AnnotationAttribute>> ATTRIBUTES = Map.of(
            "value", EnumSet.of(AnnotationAttribute.VALUE_PRIV, AnnotationAttribute.VALUE_SHARED),
            "value.priv", EnumSet.of(AnnotationAttribute.VALUE_PRIV),
            "value.shared", EnumSet.of(AnnotationAttribute.VALUE_SHARED),
            "size", EnumSet.of(AnnotationAttribute.SIZE_PRIV, AnnotationAttribute.SIZE_SHARED),
            "size.priv", EnumSet.of(AnnotationAttribute.SIZE_PRIV),
            "size.shared", EnumSet.of(AnnotationAttribute.SIZE_SHARED));

    private static final String FLAGS = "/flags";

    private final Arguments args;

    AnnotationParser(Arguments args) {
        this.args = args;
    }

    // ---- FETCH: RFC 5257 4.3

    FetchItem fetch() throws IOException, SyntaxException {
        args.space("entries and attributes in parentheses");
        args.take('(', "entries and attributes in parentheses");
        Set<String> entries = new LinkedHashSet<>();
        if (args.skip('(')) {
            do {
                entries.add(pattern());
                limit(entries.size());
            } while (args.skip(' '));
            args.take(')', "a space or the closing parenthesis of entries");
        } else {
            entries.add(pattern());
        }
        args.space("attributes");
        Set<AnnotationAttribute> attributes = new LinkedHashSet<>();
        if (args.skip('(')) {
            do {
                attributes.addAll(attribute("value", "size"));
            } while (args.skip(' '));
            args.take(')', "a space or the closing parenthesis of attributes");
        } else {
            attributes.addAll(attribute("value", "size"));
        }
        args.take(')', "the closing parenthesis of ANNOTATION");
        return new FetchItem.AnnotationItem(List.copyOf(entries), List.copyOf(attributes));
    }

    private void limit(int entries) throws SyntaxException {
        if (entries > args.limits().items()) {
            throw args.invalid("more than " + args.limits().items() + " entries");
        }
    }

    /// @param bases what it may begin with
    private Set<AnnotationAttribute> attribute(String... bases) throws IOException, SyntaxException {
        // Names have a case (RFC 5257 3.2.2), the grammar has none; there are none that differ by it alone.
        String name = name(args.astringBytes("an attribute")).toLowerCase(Locale.ROOT);
        Set<AnnotationAttribute> meant = ATTRIBUTES.get(name);
        for (String base : bases) {
            if (meant != null && name.startsWith(base)) {
                return meant;
            }
        }
        throw args.invalid("an attribute that can't stand here");
    }

    // ---- SORT: RFC 5257 4.9

    AnnotationKey key() throws IOException, SyntaxException {
        args.space("an entry");
        String entry = entry();
        args.space("value.priv or value.shared");
        return new AnnotationKey(entry, isShared());
    }

    private boolean isShared() throws IOException, SyntaxException {
        Set<AnnotationAttribute> meant = attribute("value");
        if (meant.size() > 1) {
            throw args.invalid("value without .priv or .shared");
        }
        return meant.contains(AnnotationAttribute.VALUE_SHARED);
    }

    // ---- SEARCH: RFC 5257 4.8

    SearchKey search(Charset charset) throws IOException, SyntaxException {
        args.space("an entry");
        String entry = pattern();
        args.space("value, value.priv or value.shared");
        Set<AnnotationAttribute> scopes = attribute("value");
        args.space("a string");
        Optional<byte[]> value = string();
        if (value.isEmpty()) {
            return new SearchKey.Annotation(entry, List.copyOf(scopes), Optional.empty());
        }
        byte[] bytes = value.get();
        String text = Decoding.decode(bytes, bytes.length, charset)
                .orElseThrow(() -> args.invalid("a string that is not " + charset.name()));
        return new SearchKey.Annotation(entry, List.copyOf(scopes), Optional.of(text));
    }

    /// As other search texts an atom too, which the grammar does not have.
    private Optional<byte[]> string() throws IOException, SyntaxException {
        if (args.isNext('~') || args.isNext('{')) {
            boolean binary = args.skip('~');
            return Optional.of(MetadataParser.literal(args, args.literalHeader(), binary));
        }
        boolean quoted = args.isNext('"');
        byte[] bytes = args.astringBytes("a string or NIL");
        boolean nil = !quoted && new String(bytes, StandardCharsets.ISO_8859_1).equalsIgnoreCase("NIL");
        return nil ? Optional.empty() : Optional.of(bytes);
    }

    // ---- STORE and APPEND: RFC 5257 4.5, 4.7

    /// Everything of a STORE behind ANNOTATION.
    Command store(Tag tag, NumberSet targets, OptionalLong unchangedSince) throws IOException, SyntaxException {
        Map<AnnotationKey, Optional<byte[]>> values = values();
        if (values == null) {
            return args.line().skipRest()
                    ? new AnnotateCommand.TooLong(tag)
                    : new Command.Overrun(tag, "too much data after a value that is too long");
        }
        args.end();
        return new AnnotateCommand.Store(tag, targets, values, unchangedSince);
    }

    /// ` (entry (attribute value ...) ...)`, of an APPEND too. Null when a value is too large: it was refused
    /// unread.
    @Nullable
    Map<AnnotationKey, Optional<byte[]>> values() throws IOException, SyntaxException {
        args.space("entries and values in parentheses");
        args.take('(', "entries and values in parentheses");
        Map<AnnotationKey, Optional<byte[]>> values = new LinkedHashMap<>();
        do {
            String entry = entry();
            args.space("attributes and values in parentheses");
            args.take('(', "attributes and values in parentheses");
            do {
                AnnotationKey key = new AnnotationKey(entry, isShared());
                args.space("a value");
                if (!value(key, values)) {
                    return null;
                }
                limit(values.size());
            } while (args.skip(' '));
            args.take(')', "a space or the closing parenthesis of attributes");
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of entries");
        return values;
    }

    private boolean value(AnnotationKey key, Map<AnnotationKey, Optional<byte[]>> values)
            throws IOException, SyntaxException {
        if (!args.isNext('{') && !args.isNext('~')) {
            values.put(key, MetadataParser.quotedOrNil(args));
            return true;
        }
        boolean binary = args.skip('~');
        Arguments.LiteralHeader header = args.literalHeader();
        LineInput line = args.line();
        if (!line.fitsAnnotation(header.size())) {
            line.refuseLiteral(header.size(), header.synchronising());
            return false;
        }
        values.put(key, Optional.of(MetadataParser.literal(args, header, binary)));
        return true;
    }

    // ---- names: RFC 5257 3.2

    private String entry() throws IOException, SyntaxException {
        String entry = name(args.astringBytes("an entry as /comment"));
        if (entry.indexOf('*') >= 0 || entry.indexOf('%') >= 0) {
            throw args.invalid("an entry with a wildcard");
        }
        if (!entry.startsWith("/")) {
            throw args.invalid("an entry that does not begin with a slash");
        }
        check(entry);
        return entry;
    }

    /// An entry, maybe with wildcards; `*` alone is one.
    private String pattern() throws IOException, SyntaxException {
        String pattern = name(args.listBytes("an entry as /comment"));
        if (pattern.isEmpty() || "/*%".indexOf(pattern.charAt(0)) < 0) {
            throw args.invalid("an entry that does not begin with a slash");
        }
        check(pattern);
        return pattern;
    }

    private String name(byte[] bytes) throws SyntaxException {
        for (byte b : bytes) {
            if (b < 0x20 || b == 0x7f) {
                throw args.invalid("a name with a byte that no name may have");
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private void check(String entry) throws SyntaxException {
        if (entry.contains("//") || entry.endsWith("/")) {
            throw args.invalid("an entry with an empty component");
        }
        if (entry.equals(FLAGS) || entry.startsWith(FLAGS + "/")) {
            throw args.invalid("an entry in /flags, which is reserved");
        }
        if (entry.length() > 1 && Bytes.isDigit(entry.charAt(1)) && !isPart(entry)) {
            throw args.invalid("a part specifier that is none");
        }
    }

    /// Is the first component numbers from 1 with periods between them, as far as there is no wildcard in it?
    private boolean isPart(String entry) {
        int end = entry.indexOf('/', 1) < 0 ? entry.length() : entry.indexOf('/', 1);
        String part = entry.substring(1, end);
        if (part.indexOf('*') >= 0 || part.indexOf('%') >= 0) {
            return true;
        }
        String[] numbers = part.split("\\.", -1);
        for (String number : numbers) {
            boolean good = !number.isEmpty() && number.length() < 10 && number.charAt(0) != '0';
            for (int i = 0; good && i < number.length(); i++) {
                good = Bytes.isDigit(number.charAt(i));
            }
            if (!good) {
                return false;
            }
        }
        return numbers.length <= args.limits().nesting();
    }
}
