package palomar.imap.proto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The arguments of FETCH and UID FETCH. RFC 9051 6.4.5, modifiers: RFC 7162 3.1.4, RFC 9394 3.3, RFC 8970 4
final class FetchParser {
    private static final List<FetchItem> FAST =
            List.of(FetchItem.FLAGS, new FetchItem.InternalDateItem(), new FetchItem.SizeItem());
    private static final List<FetchItem> ALL = and(FAST, new FetchItem.EnvelopeItem());
    private static final List<FetchItem> FULL = and(ALL, new FetchItem.BodyStructureItem(false));

    /// Words that stand for themselves.
    private static final Words<FetchItem> PLAIN = Words.of(withAttributes(Map.of(
            "UID", FetchItem.UID,
            "FLAGS", FetchItem.FLAGS,
            "INTERNALDATE", new FetchItem.InternalDateItem(),
            "ENVELOPE", new FetchItem.EnvelopeItem(),
            "MODSEQ", FetchItem.MODSEQ,
            "BODYSTRUCTURE", new FetchItem.BodyStructureItem(true),
            "RFC822.SIZE", new FetchItem.SizeItem(),
            "RFC822", new FetchItem.Rfc822Item(Section.Kind.ALL),
            "RFC822.HEADER", new FetchItem.Rfc822Item(Section.Kind.HEADER),
            "RFC822.TEXT", new FetchItem.Rfc822Item(Section.Kind.TEXT))));

    /// Words that more follows, or that stand for several items.
    private enum Compound {
        ANNOTATION,
        BODY,
        BODY_PEEK,
        BINARY,
        BINARY_PEEK,
        BINARY_SIZE,
        FAST,
        ALL,
        FULL
    }

    private static final Words<Compound> COMPOUND = Words.of(Map.of(
            "ANNOTATION", Compound.ANNOTATION,
            "BODY", Compound.BODY,
            "BODY.PEEK", Compound.BODY_PEEK,
            "BINARY", Compound.BINARY,
            "BINARY.PEEK", Compound.BINARY_PEEK,
            "BINARY.SIZE", Compound.BINARY_SIZE,
            "FAST", Compound.FAST,
            "ALL", Compound.ALL,
            "FULL", Compound.FULL));

    private static final Words<Section.Kind> SECTIONS = Words.of(Map.of(
            "HEADER", Section.Kind.HEADER,
            "HEADER.FIELDS", Section.Kind.HEADER_FIELDS,
            "HEADER.FIELDS.NOT", Section.Kind.HEADER_FIELDS_NOT,
            "TEXT", Section.Kind.TEXT,
            "MIME", Section.Kind.MIME));

    private enum Modifier {
        CHANGEDSINCE,
        LAZY,
        PARTIAL,
        VANISHED
    }

    private static final Words<Modifier> MODIFIERS = Words.of(Modifier.class);

    private static final FetchItem PREVIEW = new FetchItem.AttributeItem(MessageAttribute.PREVIEW);

    private enum PreviewModifier {
        LAZY
    }

    private static final Words<PreviewModifier> PREVIEW_MODIFIERS = Words.of(PreviewModifier.class);

    private final Arguments args;
    private boolean uidOnly;
    private boolean lastIsPreview;

    FetchParser(Arguments args) {
        this.args = args;
    }

    /// After ENABLE UIDONLY the response names the UID itself.
    void uidOnly(boolean on) {
        uidOnly = on;
    }

    /// Everything after FETCH or UID FETCH.
    Command.Fetch fetch(Tag tag, Command.Numbering by) throws IOException, SyntaxException {
        args.space("a set of messages");
        NumberSet targets = by == Command.Numbering.UID ? args.uids() : args.seqs();
        args.space("what to fetch");
        Set<FetchItem> items = new LinkedHashSet<>();
        if (by == Command.Numbering.UID && !uidOnly) {
            items.add(FetchItem.UID);
        }
        boolean alone = !args.isNext('(');
        items(items);
        FetchModifiers modifiers = args.isNext(' ') ? modifiers(by, alone && lastIsPreview) : FetchModifiers.NONE;
        if (modifiers.changedSince().isPresent()) {
            items.add(FetchItem.MODSEQ);
        }
        args.end();
        return new Command.Fetch(tag, targets, List.copyOf(items), modifiers);
    }

    /// Items in parentheses, without macros. RFC 5465 8: fetch-att
    List<FetchItem> list() throws IOException, SyntaxException {
        Set<FetchItem> items = new LinkedHashSet<>();
        items(items);
        return List.copyOf(items);
    }

    private void items(Set<FetchItem> items) throws IOException, SyntaxException {
        if (!args.skip('(')) {
            item(items, true);
            return;
        }
        do {
            item(items, false);
            if (items.size() > args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " items");
            }
        } while (itemFollows());
        args.take(')', "a space or the closing parenthesis of the items");
    }

    /// Takes the space before the next item, and in front of it the modifiers of a PREVIEW.
    private boolean itemFollows() throws IOException, SyntaxException {
        boolean more = args.skip(' ');
        if (more && args.isNext('(') && lastIsPreview) {
            previewModifiers();
            more = args.skip(' ');
        }
        return more;
    }

    /// `(LAZY)` behind PREVIEW: is allowed, and makes no difference. RFC 8970 4.1
    private void previewModifiers() throws IOException, SyntaxException {
        args.take('(', "the modifiers of PREVIEW");
        do {
            if (args.word(PREVIEW_MODIFIERS, "LAZY") == null) {
                throw args.invalid("unknown modifier of PREVIEW " + args.shownWord());
            }
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of modifiers");
    }

    private void item(Set<FetchItem> items, boolean macros) throws IOException, SyntaxException {
        FetchItem plain = args.word(PLAIN, "what to fetch");
        lastIsPreview = PREVIEW.equals(plain);
        if (plain != null) {
            items.add(plain);
            return;
        }
        Compound compound = args.again(COMPOUND);
        if (compound == null) {
            throw args.invalid("unknown item " + args.shownWord());
        }
        switch (compound) {
            case ANNOTATION -> items.add(new AnnotationParser(args).fetch());
            case BODY -> items.add(body());
            case BODY_PEEK -> items.add(new FetchItem.BodyItem(section(), partial(), true));
            case BINARY -> items.add(new FetchItem.BinaryItem(binarySection(), partial(), false));
            case BINARY_PEEK -> items.add(new FetchItem.BinaryItem(binarySection(), partial(), true));
            case BINARY_SIZE -> items.add(new FetchItem.BinarySizeItem(binarySection()));
            case FAST -> items.addAll(macro(FAST, macros));
            case ALL -> items.addAll(macro(ALL, macros));
            case FULL -> items.addAll(macro(FULL, macros));
        }
    }

    private List<FetchItem> macro(List<FetchItem> meaning, boolean allowed) throws SyntaxException {
        if (!allowed) {
            throw args.invalid(args.shownWord() + " must stand alone");
        }
        return meaning;
    }

    private FetchItem body() throws IOException, SyntaxException {
        if (!args.isNext('[')) {
            return new FetchItem.BodyStructureItem(false);
        }
        return new FetchItem.BodyItem(section(), partial(), false);
    }

    /// section-spec in its brackets. RFC 9051 9
    Section section() throws IOException, SyntaxException {
        args.take('[', "a section in brackets");
        PartPath path = path();
        boolean textFollows = path.isEmpty() ? !args.isNext(']') : path.periodFollows;
        if (!textFollows) {
            args.take(']', "the closing bracket of a section");
            return path.isEmpty() ? Section.WHOLE : Section.of(Section.Kind.ALL, path.numbers);
        }
        Section.Kind kind = args.word(SECTIONS, "a part number, HEADER, HEADER.FIELDS, TEXT or MIME");
        if (kind == null) {
            throw args.invalid("unknown section " + args.shownWord());
        }
        if (kind == Section.Kind.MIME && path.isEmpty()) {
            throw args.invalid("MIME without a part number");
        }
        boolean fields = kind == Section.Kind.HEADER_FIELDS || kind == Section.Kind.HEADER_FIELDS_NOT;
        Section section = fields
                ? Section.fields(kind == Section.Kind.HEADER_FIELDS_NOT, headerNames(), path.numbers)
                : Section.of(kind, path.numbers);
        args.take(']', "the closing bracket of a section");
        return section;
    }

    /// section-binary in its brackets. RFC 9051 9
    Section binarySection() throws IOException, SyntaxException {
        args.take('[', "a part in brackets");
        PartPath path = path();
        if (path.periodFollows) {
            throw args.expected("a part number");
        }
        args.take(']', "the closing bracket of a part");
        return path.isEmpty() ? Section.WHOLE : Section.of(Section.Kind.ALL, path.numbers);
    }

    /// The numbers at the start of a section, and whether a period with something else came behind them.
    private record PartPath(int[] numbers, boolean periodFollows) {
        boolean isEmpty() {
            return numbers.length == 0;
        }
    }

    private PartPath path() throws IOException, SyntaxException {
        int[] numbers = new int[4];
        int depth = 0;
        boolean period = false;
        while (Bytes.isDigit(args.peek())) {
            if (depth == args.limits().nesting()) {
                throw args.invalid("part number deeper than " + args.limits().nesting());
            }
            if (depth == numbers.length) {
                numbers = Arrays.copyOf(numbers, depth * 2);
            }
            numbers[depth++] = (int) args.number("a part number", 1, Integer.MAX_VALUE);
            period = args.skip('.');
            if (!period) {
                break;
            }
        }
        return new PartPath(Arrays.copyOf(numbers, depth), period);
    }

    private List<String> headerNames() throws IOException, SyntaxException {
        args.space("header names in parentheses");
        args.take('(', "header names in parentheses");
        List<String> names = new ArrayList<>();
        do {
            if (names.size() == args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " header names");
            }
            names.add(args.astring("a header name"));
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of header names");
        return names;
    }

    Optional<PartialRange> partial() throws IOException, SyntaxException {
        if (!args.skip('<')) {
            return Optional.empty();
        }
        long offset = args.number64("the first byte of a partial fetch");
        // The grammar wants a size; without one other servers read to the end, and clients have got used to it.
        long count = args.skip('.') ? args.nzNumber64("the size of a partial fetch") : Long.MAX_VALUE;
        args.take('>', "the closing > of a partial fetch");
        return Optional.of(new PartialRange(offset, count));
    }

    /// @param ofPreview whether what is in parentheses may belong to a PREVIEW that stands alone
    private FetchModifiers modifiers(Command.Numbering by, boolean ofPreview) throws IOException, SyntaxException {
        args.space("modifiers in parentheses");
        args.take('(', "modifiers in parentheses");
        OptionalLong changedSince = OptionalLong.empty();
        boolean vanished = false;
        ResultRange partial = null;
        do {
            Modifier modifier = args.word(MODIFIERS, "a modifier");
            if (modifier == null) {
                throw args.invalid("unknown modifier " + args.shownWord());
            }
            switch (modifier) {
                case LAZY -> {
                    boolean first = changedSince.isEmpty() && !vanished && partial == null;
                    return lazy(by, ofPreview && first);
                }
                case CHANGEDSINCE -> {
                    args.space("a mod-sequence");
                    changedSince = OptionalLong.of(args.number64("a mod-sequence"));
                }
                case PARTIAL -> partial = new SearchReturnsParser(args).partial(partial);
                case VANISHED -> vanished = true;
            }
        } while (args.skip(' '));
        args.take(')', "a space or the closing parenthesis of modifiers");
        if (vanished && (by != Command.Numbering.UID || changedSince.isEmpty())) {
            throw args.invalid("VANISHED without UID and CHANGEDSINCE");
        }
        if (partial != null && by != Command.Numbering.UID) {
            throw args.invalid("PARTIAL without UID");
        }
        return new FetchModifiers(changedSince, vanished, Optional.ofNullable(partial));
    }

    /// The parentheses turned out to be those of a PREVIEW; those of FETCH may follow.
    private FetchModifiers lazy(Command.Numbering by, boolean ofPreview) throws IOException, SyntaxException {
        if (!ofPreview) {
            throw args.invalid("unknown modifier " + args.shownWord());
        }
        while (args.skip(' ')) {
            if (args.word(PREVIEW_MODIFIERS, "LAZY") == null) {
                throw args.invalid("unknown modifier of PREVIEW " + args.shownWord());
            }
        }
        args.take(')', "a space or the closing parenthesis of modifiers");
        return args.isNext(' ') ? modifiers(by, false) : FetchModifiers.NONE;
    }

    private static Map<String, FetchItem> withAttributes(Map<String, FetchItem> words) {
        Map<String, FetchItem> all = new HashMap<>(words);
        for (MessageAttribute attribute : MessageAttribute.values()) {
            all.put(attribute.wire(), new FetchItem.AttributeItem(attribute));
        }
        return all;
    }

    private static List<FetchItem> and(List<FetchItem> items, FetchItem more) {
        List<FetchItem> all = new ArrayList<>(items);
        all.add(more);
        return List.copyOf(all);
    }
}
