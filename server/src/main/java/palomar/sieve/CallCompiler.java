package palomar.sieve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import palomar.message.edit.AddressPart;
import palomar.sieve.match.Comparator;
import palomar.sieve.match.Comparators;
import palomar.sieve.match.MatchType;
import palomar.sieve.match.MatchTypes;
import palomar.sieve.match.Matching;
import palomar.sieve.syntax.Argument;
import palomar.sieve.syntax.Call;
import palomar.sieve.syntax.Position;

/// Checks the arguments of one call against its spec, and hands them to its compile function. After the first
/// thing that is wrong the rest of the call is not looked at. One thread, one use.
final class CallCompiler implements Arguments {
    private static final String MATCH_GROUP = "match type";
    private static final String ADDRESS_GROUP = "address part";
    private static final String COMPARATOR = "comparator";

    private final BlockCompiler blocks;
    private final Scope scope;
    private final Call call;
    private final Spec spec;
    private final String kind;
    private final @Nullable Statement previous;

    /// Tags as they stand, by their names.
    private final Map<String, Argument.Tag> tagged = new LinkedHashMap<>();
    private final Map<String, Tag> tags = new HashMap<>();
    /// By the name of the positional argument, or the tag with its colon.
    private final Map<String, Argument> values = new HashMap<>();
    private final Map<String, Texts> texts = new HashMap<>();
    private final List<Object> compiled = new ArrayList<>();
    private List<Condition> tests = List.of();
    private boolean blockDone;
    private boolean testsFit;
    private boolean semicolonMissing;

    CallCompiler(BlockCompiler blocks, Scope scope, Call call, Spec spec, String kind, @Nullable Statement previous) {
        this.blocks = blocks;
        this.scope = scope;
        this.call = call;
        this.spec = spec;
        this.kind = kind;
        this.previous = previous;
    }

    /// False: something is wrong, and was reported.
    boolean read() {
        int errors = scope.errors();
        List<Argument> positional = readShape();
        if (spec.tests() != Spec.Tests.NONE && testsFit) {
            readTests();
        }
        if (positional == null || errors != scope.errors()) {
            return false;
        }
        return readPositional(positional) && checkTogether() && compileTags() && errors == scope.errors();
    }

    /// Checks what doesn't depend on what the arguments and tests are; the positional arguments, null when tags or
    /// their number are wrong.
    @Nullable
    List<Argument> readShape() {
        List<Argument> positional = readTags();
        boolean counted = positional != null && hasRightNumber(positional);
        testsFit = takesTests();
        if (!semicolonMissing) {
            checkBlock();
        }
        return counted ? positional : null;
    }

    /// What stands where no tests may stand is mostly the next command behind a forgotten semicolon, or a tag
    /// without its colon.
    private void refuseTests() {
        if (call.tests().isEmpty()) {
            return;
        }
        Call first = call.tests().getFirst();
        if (!call.listed() && tag(first.name()) != null) {
            scope.error(first.at(), "missing colon ':' before the ':" + first.name() + "' tag in the " + label());
        } else if (!call.listed() && scope.test(first.name()).isEmpty()) {
            scope.error(call.at(), "missing semicolon ';' behind the " + label() + ": found '" + first.name() + "'");
            semicolonMissing = true;
        } else {
            scope.error(call.at(), "the " + label() + " accepts no sub-tests, but tests are specified");
        }
    }

    /// The arguments behind the tags; null when a tag is wrong.
    private @Nullable List<Argument> readTags() {
        List<Argument> arguments = call.arguments();
        int at = 0;
        while (at < arguments.size() && arguments.get(at) instanceof Argument.Tag tag) {
            Tag known = accepted(tag);
            if (known == null) {
                return null;
            }
            at++;
            if (known.parameter().isPresent()) {
                Argument parameter = at < arguments.size() ? arguments.get(at) : null;
                if (!readParameter(tag, known.parameter().get(), parameter)) {
                    return null;
                }
                at++;
            }
        }
        return arguments.subList(at, arguments.size());
    }

    /// The tag's declaration; null when it may not stand here.
    private @Nullable Tag accepted(Argument.Tag tag) {
        Tag known = tag(tag.name());
        if (known == null) {
            List<String> offering = scope.language().offeringTag(call.name(), tag.name());
            String detail =
                    offering.isEmpty() ? allowedTags() : "this tag needs require \"" + offering.getFirst() + "\"";
            scope.error(tag.at(), "unknown tagged argument ':" + tag.name() + "' for the " + label() + ": " + detail);
            return null;
        }
        for (String other : tagged.keySet()) {
            if (other.equals(tag.name())) {
                scope.error(
                        tag.at(),
                        "unexpected tagged argument ':" + tag.name() + "' for the " + label()
                                + ": it is specified more than once");
                return null;
            }
            Tag earlier = tags.get(other);
            if (earlier != null && !known.group().isEmpty() && known.group().equals(earlier.group())) {
                scope.error(
                        tag.at(),
                        "unexpected tagged argument ':" + tag.name() + "' for the " + label() + ": it conflicts with ':"
                                + other + "', only one " + known.group() + " is allowed");
                return null;
            }
        }
        tagged.put(tag.name(), tag);
        tags.put(tag.name(), known);
        return known;
    }

    private @Nullable Tag tag(String name) {
        for (Tag own : spec.tags()) {
            if (own.name().equals(name)) {
                return own;
            }
        }
        Optional<Tag> added = scope.tag(call.name(), name);
        if (added.isPresent()) {
            return added.get();
        }
        if (spec.matching()) {
            if (name.equals(COMPARATOR)) {
                return Tag.of(COMPARATOR).string();
            }
            MatchType type = scope.find(MatchType.class, name).orElse(null);
            if (type != null) {
                Tag tag = Tag.of(name).group(MATCH_GROUP);
                return type.parameter().isPresent() ? tag.takes(type.parameter().get()) : tag;
            }
        }
        boolean isPart =
                spec.addressPart() && scope.find(AddressPart.class, name).isPresent();
        return isPart ? Tag.of(name).group(ADDRESS_GROUP) : null;
    }

    private String allowedTags() {
        TreeSet<String> names = new TreeSet<>(scope.tags(call.name()));
        spec.tags().forEach(tag -> names.add(tag.name()));
        if (spec.matching()) {
            names.add(COMPARATOR);
            names.addAll(scope.names(MatchType.class));
        }
        if (spec.addressPart()) {
            names.addAll(scope.names(AddressPart.class));
        }
        return names.isEmpty() ? "it has no tags" : "allowed are :" + String.join(", :", names);
    }

    private boolean readParameter(Argument.Tag tag, ArgumentType type, @Nullable Argument parameter) {
        String start = "the :" + tag.name() + " tag for the " + label() + " ";
        if (parameter == null) {
            scope.error(
                    tag.at(), start + "requires a " + type.words() + " as its parameter, but no parameter was found");
            return false;
        }
        if (!fits(type, parameter)) {
            scope.error(
                    parameter.at(),
                    start + "requires a " + type.words() + " as its parameter, but a " + parameter.kind()
                            + " was found");
            return false;
        }
        return take(":" + tag.name(), parameter);
    }

    private boolean hasRightNumber(List<Argument> arguments) {
        for (Argument argument : arguments) {
            if (argument instanceof Argument.Tag tag) {
                scope.error(
                        tag.at(),
                        "unexpected tagged argument ':" + tag.name() + "' among the positional arguments of the "
                                + label() + ": tags stand before them");
                return false;
            }
        }
        List<Spec.Positional> wanted = spec.positional();
        int needed = needed();
        int least = needed - spec.spare();
        int count = arguments.size();
        if ((count < needed || count > wanted.size()) && count != least) {
            scope.error(
                    call.at(),
                    "the " + label() + " requires " + (spec.spare() > 0 && count > least ? wanted.size() : least)
                            + " positional arguments, but " + count + " is specified");
            return false;
        }
        return true;
    }

    private int needed() {
        List<Spec.Positional> wanted = spec.positional();
        return wanted.size()
                - (int) wanted.stream().filter(Spec.Positional::dispensable).count();
    }

    private boolean readPositional(List<Argument> arguments) {
        List<Spec.Positional> wanted = spec.positional();
        int count = arguments.size();
        int skipped = count < needed() ? spec.spare() : 0;
        for (int i = 0; i < count; i++) {
            if (!readPositional(i + 1, wanted.get(skipped + i), arguments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean readPositional(int number, Spec.Positional wanted, Argument argument) {
        String start = "the " + label() + " expects ";
        String place = " as argument " + number + " (" + wanted.name() + "), but ";
        if (!fits(wanted.type(), argument)) {
            scope.error(
                    argument.at(),
                    start + "a " + wanted.type().words() + place + "a " + argument.kind() + " was found");
            return false;
        }
        if (!take(wanted.name(), argument)) {
            return false;
        }
        if (wanted.constant() && !strings(wanted.name()).isConstant()) {
            scope.error(argument.at(), start + "a constant " + wanted.type().words() + place + "variables are in it");
            return false;
        }
        return true;
    }

    private static boolean fits(ArgumentType type, Argument argument) {
        return switch (argument) {
            case Argument.Quoted _ -> type != ArgumentType.NUMBER;
            case Argument.Strings _ -> type == ArgumentType.STRINGS;
            case Argument.Number _ -> type == ArgumentType.NUMBER;
            case Argument.Tag _ -> false;
        };
    }

    private boolean take(String name, Argument argument) {
        int errors = scope.errors();
        values.put(name, argument);
        switch (argument) {
            case Argument.Quoted quoted -> texts.put(name, new Texts(List.of(TextReader.read(quoted, scope))));
            case Argument.Strings list ->
                texts.put(
                        name,
                        new Texts(list.values().stream()
                                .map(quoted -> TextReader.read(quoted, scope))
                                .toList()));
            case Argument.Number _, Argument.Tag _ -> {}
        }
        return errors == scope.errors();
    }

    private boolean checkTogether() {
        for (Argument.Tag tag : tagged.values()) {
            Tag known = tags.get(tag.name());
            if (known != null && !known.with().isEmpty() && !tagged.containsKey(known.with())) {
                scope.error(
                        tag.at(),
                        "the :" + tag.name() + " tag cannot be specified without the :" + known.with() + " tag for the "
                                + label());
                return false;
            }
        }
        return true;
    }

    private boolean compileTags() {
        int errors = scope.errors();
        for (Argument.Tag tag : tagged.values()) {
            Tag known = tags.get(tag.name());
            if (known != null && known.value().isPresent()) {
                compiled.add(known.value().get().apply(new Tag.Use(known, tag.at(), this)));
            }
        }
        return errors == scope.errors();
    }

    private boolean takesTests() {
        List<Call> given = call.tests();
        if (spec.tests() == Spec.Tests.NONE) {
            refuseTests();
            return true;
        }
        if (spec.tests() == Spec.Tests.ONE && (given.size() != 1 || call.listed())) {
            String found = call.listed() ? "a list of sub-tests is specified" : "none is specified";
            scope.error(call.at(), "the " + label() + " requires exactly one sub-test, but " + found);
            return false;
        }
        if (spec.tests() != Spec.Tests.ONE && !call.listed()) {
            String found = given.isEmpty() ? "none is specified" : "a single sub-test is specified";
            scope.error(call.at(), "the " + label() + " requires a list of sub-tests, but " + found);
            return false;
        }
        return true;
    }

    private void readTests() {
        List<Condition> conditions = new ArrayList<>();
        for (Call test : call.tests()) {
            Condition condition = blocks.test(test).orElse(null);
            if (condition != null) {
                conditions.add(condition);
            }
            if (condition != null && decides(condition)) {
                break;
            }
        }
        tests = List.copyOf(conditions);
    }

    /// Tests behind one that always decides are never evaluated, and may use what is not there.
    private boolean decides(Condition condition) {
        boolean decisive = spec.tests() == Spec.Tests.ANY;
        return spec.tests() != Spec.Tests.ONE
                && condition.known().filter(value -> value == decisive).isPresent();
    }

    private void checkBlock() {
        if (spec.block() != call.block().isPresent()) {
            scope.error(
                    call.at(),
                    spec.block()
                            ? "the " + label() + " requires a command block, but none is specified"
                            : "the " + label() + " accepts no command block, but one is specified");
        }
    }

    /// Compiles the block when the compile function didn't.
    void finish() {
        if (!blockDone) {
            block();
        }
    }

    @Override
    public Position at() {
        return call.at();
    }

    @Override
    public Position at(String argument) {
        if (argument.startsWith(":")) {
            Argument.Tag tag = tagged.get(argument.substring(1));
            return tag == null ? call.at() : tag.at();
        }
        Argument value = values.get(argument);
        return value == null ? call.at() : value.at();
    }

    @Override
    public Call call() {
        return call;
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public String label() {
        return call.name() + " " + kind;
    }

    @Override
    public boolean has(String argument) {
        return argument.startsWith(":") ? tagged.containsKey(argument.substring(1)) : values.containsKey(argument);
    }

    @Override
    public Text string(String argument) {
        return strings(argument).get(0);
    }

    @Override
    public Texts strings(String argument) {
        Texts found = texts.get(argument);
        if (found == null) {
            throw new IllegalArgumentException("no such argument: " + argument);
        }
        return found;
    }

    @Override
    public long number(String argument) {
        if (values.get(argument) instanceof Argument.Number number) {
            return number.value();
        }
        throw new IllegalArgumentException("no such number: " + argument);
    }

    @Override
    public Optional<String> constant(String argument) {
        Text text = string(argument);
        if (!text.isConstant()) {
            error(
                    argument,
                    "the " + label() + " expects constant string for '" + argument + "', but variables are in it");
        }
        return text.constant();
    }

    @Override
    public <T> List<T> all(Class<T> type) {
        return compiled.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public List<Condition> tests() {
        return tests;
    }

    @Override
    public Statement block() {
        blockDone = true;
        return call.block().map(blocks::block).orElse(Statement.NOTHING);
    }

    @Override
    public Statement block(Object marker) {
        scope.enter(marker);
        Statement block = block();
        scope.leave();
        return block;
    }

    @Override
    public void skipBlock() {
        blockDone = true;
    }

    @Override
    public Optional<Statement> previous() {
        return Optional.ofNullable(previous);
    }

    @Override
    public Matching matching(String keys) {
        return matching(keys, scope.requires("variables"));
    }

    @Override
    public Matching quietMatching(String keys) {
        return matching(keys, false);
    }

    private Matching matching(String keys, boolean captures) {
        MatchType type = MatchTypes.IS;
        Optional<Text> parameter = Optional.empty();
        for (String name : tagged.keySet()) {
            Optional<MatchType> found = scope.find(MatchType.class, name);
            if (found.isPresent()) {
                type = found.get();
                parameter = Optional.ofNullable(texts.get(":" + name)).map(list -> list.get(0));
            }
        }
        return Matching.of(type, new MatchType.Use(this, keys, comparator(), parameter, captures));
    }

    private Comparator comparator() {
        if (!has(":" + COMPARATOR)) {
            return Comparators.ASCII_CASEMAP;
        }
        String name = constant(":" + COMPARATOR).orElse("");
        Optional<Comparator> found = scope.find(Comparator.class, name);
        if (found.isEmpty()) {
            String hint = scope.language().capabilities().contains("comparator-" + name)
                    ? "this comparator needs require \"comparator-" + name + "\""
                    : "allowed are " + String.join(", ", scope.names(Comparator.class));
            error(":" + COMPARATOR, "unknown comparator '" + name + "' for the " + label() + ": " + hint);
        }
        return found.orElse(Comparators.ASCII_CASEMAP);
    }

    @Override
    public AddressPart addressPart() {
        for (String name : tagged.keySet()) {
            Optional<AddressPart> part = scope.find(AddressPart.class, name);
            if (part.isPresent()) {
                return part.get();
            }
        }
        return AddressPart.ALL;
    }

    @Override
    public FieldSource fields() {
        FieldSource source = FieldSource.MESSAGE;
        List<FieldSource.Wrapper> wrappers = all(FieldSource.Wrapper.class).stream()
                .sorted(java.util.Comparator.comparingInt(FieldSource.Wrapper::order))
                .toList();
        for (FieldSource.Wrapper wrapper : wrappers) {
            source = wrapper.wrapping().around(source);
        }
        return source;
    }

    @Override
    public void error(String text) {
        scope.error(call.at(), text);
    }

    @Override
    public void error(String argument, String text) {
        scope.error(at(argument), text);
    }

    @Override
    public void warning(String text) {
        scope.warning(call.at(), text);
    }
}
