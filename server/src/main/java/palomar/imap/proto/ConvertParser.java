package palomar.imap.proto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The arguments of CONVERSIONS, CONVERT and UID CONVERT. RFC 5259 10
final class ConvertParser {
    private static final int LONGEST_TYPE = 127;

    /// Signs that may stand in a media type beside letters and digits. RFC 6838 4.2
    private static final String SIGNS = "!#$&-^_.+";

    private enum Item {
        UID,
        BODYPARTSTRUCTURE,
        BINARY,
        BINARY_SIZE,
        BODY,
        AVAILABLECONVERSIONS
    }

    private static final Words<Item> ITEMS = Words.of(Map.of(
            "UID", Item.UID,
            "BODYPARTSTRUCTURE", Item.BODYPARTSTRUCTURE,
            "BINARY", Item.BINARY,
            "BINARY.SIZE", Item.BINARY_SIZE,
            "BODY", Item.BODY,
            "AVAILABLECONVERSIONS", Item.AVAILABLECONVERSIONS));

    private final Arguments args;
    private final FetchParser fetches;

    ConvertParser(Arguments args, FetchParser fetches) {
        this.args = args;
        this.fetches = fetches;
    }

    ConversionsCommand conversions(Tag tag) throws IOException, SyntaxException {
        args.space("a media type");
        String from = type(args.astring("a media type"), true);
        args.space("a media type");
        String to = type(args.astring("a media type"), true);
        args.end();
        return new ConversionsCommand(tag, from, to);
    }

    ConvertCommand convert(Tag tag, Command.Numbering by) throws IOException, SyntaxException {
        args.space("a set of messages");
        NumberSet targets = by == Command.Numbering.UID ? args.uids() : args.seqs();
        args.space("a media type in parentheses");
        args.take('(', "a media type in parentheses");
        Optional<String> asked = args.nstring("a media type or NIL");
        Optional<String> target = asked.isPresent() ? Optional.of(type(asked.get(), false)) : Optional.empty();
        Map<String, String> parameters = args.skip(' ') ? parameters() : Map.of();
        args.take(')', "the closing parenthesis of the conversion");
        args.space("what to convert");
        Set<ConvertItem> items = new LinkedHashSet<>();
        if (by == Command.Numbering.UID) {
            items.add(ConvertItem.UID);
        }
        items(items);
        args.end();
        if (target.isPresent() && items.stream().anyMatch(ConvertItem.HeaderItem.class::isInstance)) {
            throw args.invalid("a header with a media type, where only NIL can stand,");
        }
        return new ConvertCommand(tag, targets, target, parameters, ordered(items));
    }

    private Map<String, String> parameters() throws IOException, SyntaxException {
        args.take('(', "parameters in parentheses");
        Map<String, String> parameters = new LinkedHashMap<>();
        do {
            String name = args.astring("the name of a parameter").toLowerCase(Locale.ROOT);
            args.space("the value of a parameter");
            if (parameters.put(name, args.astring("the value of a parameter")) != null) {
                throw args.invalid("a parameter that comes twice");
            }
            if (parameters.size() > args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " parameters");
            }
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of parameters");
        return parameters;
    }

    private void items(Set<ConvertItem> items) throws IOException, SyntaxException {
        if (!args.skip('(')) {
            items.add(item());
            return;
        }
        do {
            items.add(item());
            if (items.size() > args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " items");
            }
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of the items");
    }

    private ConvertItem item() throws IOException, SyntaxException {
        Item item = args.word(ITEMS, "what to convert");
        if (item == null) {
            throw args.invalid("unknown item " + args.shownWord());
        }
        return switch (item) {
            case UID -> ConvertItem.UID;
            case BODYPARTSTRUCTURE -> new ConvertItem.StructureItem(fetches.binarySection());
            case BINARY -> new ConvertItem.BinaryItem(fetches.binarySection(), fetches.partial());
            case BINARY_SIZE -> new ConvertItem.SizeItem(fetches.binarySection());
            case AVAILABLECONVERSIONS -> new ConvertItem.AvailableItem(fetches.binarySection());
            case BODY -> header(fetches.section());
        };
    }

    private ConvertItem header(Section section) throws SyntaxException {
        if (section.kind() != Section.Kind.HEADER && section.kind() != Section.Kind.MIME) {
            throw args.invalid("BODY without HEADER or MIME");
        }
        return new ConvertItem.HeaderItem(section);
    }

    /// UID must come first in the answer, and a structure before its content. RFC 5259 8.1, 8.2
    private static List<ConvertItem> ordered(Set<ConvertItem> items) {
        List<ConvertItem> ordered = new ArrayList<>(items.size());
        if (items.contains(ConvertItem.UID)) {
            ordered.add(ConvertItem.UID);
        }
        items.stream().filter(ConvertItem.StructureItem.class::isInstance).forEach(ordered::add);
        items.stream().filter(item -> !ordered.contains(item)).forEach(ordered::add);
        return ordered;
    }

    /// `type/subtype`, or with wildcards also `*` and `type/*`; in lower case.
    private String type(String text, boolean wildcards) throws SyntaxException {
        int slash = text.indexOf('/');
        boolean all = wildcards && text.equals("*");
        boolean subtypes = wildcards && slash > 0 && text.substring(slash + 1).equals("*");
        boolean subtype = subtypes || isName(text, slash + 1, text.length());
        if (!all && !(slash > 0 && isName(text, 0, slash) && subtype)) {
            throw args.invalid("something that is no media type");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean isName(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && !Bytes.isDigit(c) && SIGNS.indexOf(c) < 0) {
                return false;
            }
        }
        return to > from && to - from <= LONGEST_TYPE;
    }
}
