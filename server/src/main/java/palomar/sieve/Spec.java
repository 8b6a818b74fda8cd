package palomar.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How a command or test has to look. Immutable: each method makes another one. RFC 5228 2.6
///
/// @param name in lower case
/// @param positional in their order
/// @param spare how many of the first positional arguments may be left out, all or none
/// @param tags its own
/// @param matching it has MATCH-TYPE and COMPARATOR
/// @param addressPart it has ADDRESS-PART
/// @param tests how many tests it takes
/// @param block it needs a block; without: it must have none
/// @param topLevel it may not stand in a block
/// @param first it stands before all commands that aren't `first`
/// @param follows names of commands, one of which must stand right before it; empty: anything may
/// @param words what it does, in plain words, for `explain`; empty: it is told from the name
public record Spec(
        String name,
        List<Positional> positional,
        int spare,
        List<Tag> tags,
        boolean matching,
        boolean addressPart,
        Tests tests,
        boolean block,
        boolean topLevel,
        boolean first,
        List<String> follows,
        Optional<Function<Phrases, String>> words) {

    /// @param name as messages call it, as in `key list`
    /// @param constant variables are not allowed in it
    /// @param dispensable it may be left out; so are all behind it
    public record Positional(String name, ArgumentType type, boolean constant, boolean dispensable) {}

    /// How many tests stand behind the arguments.
    public enum Tests {
        NONE,
        ONE,
        /// In parentheses; a false one decides.
        ALL,
        /// In parentheses; a true one decides.
        ANY
    }

    public static Spec of(String name) {
        return new Spec(
                name,
                List.of(),
                0,
                List.of(),
                false,
                false,
                Tests.NONE,
                false,
                false,
                false,
                List.of(),
                Optional.empty());
    }

    public Spec string(String argument) {
        return with(new Positional(argument, ArgumentType.STRING, false, false));
    }

    public Spec strings(String argument) {
        return with(new Positional(argument, ArgumentType.STRINGS, false, false));
    }

    public Spec number(String argument) {
        return with(new Positional(argument, ArgumentType.NUMBER, false, false));
    }

    /// A string, or with `list` a list of them, without variables.
    public Spec constant(String argument, boolean list) {
        return with(new Positional(argument, list ? ArgumentType.STRINGS : ArgumentType.STRING, true, false));
    }

    /// A string or a list of them that may be left out; so may be all that is added behind it.
    public Spec optionalStrings(String argument) {
        return with(new Positional(argument, ArgumentType.STRINGS, false, true));
    }

    /// What was added so far may be left out.
    public Spec optional() {
        return copy(positional, positional.size(), tags, tests, block);
    }

    public Spec tag(Tag tag) {
        return copy(positional, spare, plus(tags, tag), tests, block);
    }

    /// Takes the tags of match types and `:comparator`.
    public Spec matchTags() {
        return new Spec(
                name, positional, spare, tags, true, addressPart, tests, block, topLevel, first, follows, words);
    }

    /// Takes `:all`, `:localpart`, `:domain` and what extensions add.
    public Spec addressTags() {
        return new Spec(name, positional, spare, tags, matching, true, tests, block, topLevel, first, follows, words);
    }

    public Spec tests(Tests number) {
        return copy(positional, spare, tags, number, block);
    }

    public Spec withBlock() {
        return copy(positional, spare, tags, tests, true);
    }

    public Spec atTopLevel() {
        return new Spec(
                name, positional, spare, tags, matching, addressPart, tests, block, true, first, follows, words);
    }

    public Spec asFirst() {
        return new Spec(
                name, positional, spare, tags, matching, addressPart, tests, block, topLevel, true, follows, words);
    }

    public Spec following(String... names) {
        return new Spec(
                name,
                positional,
                spare,
                tags,
                matching,
                addressPart,
                tests,
                block,
                topLevel,
                first,
                List.of(names),
                words);
    }

    /// @param explain what the command does, as in `file the message into "x"`; of a test, as in `the size is over
    ///     5`
    public Spec saying(Function<Phrases, String> explain) {
        return new Spec(
                name,
                positional,
                spare,
                tags,
                matching,
                addressPart,
                tests,
                block,
                topLevel,
                first,
                follows,
                Optional.of(explain));
    }

    private Spec with(Positional argument) {
        return copy(plus(positional, argument), spare, tags, tests, block);
    }

    private Spec copy(List<Positional> arguments, int without, List<Tag> own, Tests number, boolean needsBlock) {
        return new Spec(
                name,
                arguments,
                without,
                own,
                matching,
                addressPart,
                number,
                needsBlock,
                topLevel,
                first,
                follows,
                words);
    }

    private static <T> List<T> plus(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return List.copyOf(longer);
    }
}
