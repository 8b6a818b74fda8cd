package palomar.imap.proto;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The arguments of SORT, THREAD and their UID forms. RFC 5256 5, RFC 5267 5. One object a command.
final class OrderParser {
    private static final Words<SortKey> KEYS = Words.of(SortKey.class);
    private static final Words<ThreadAlgorithm> ALGORITHMS = Words.of(ThreadAlgorithm.class);
    private static final Words<Boolean> REVERSE = Words.of(Map.of("REVERSE", true));
    private static final Words<Boolean> RETURN = Words.of(Map.of("RETURN", true));

    private final Arguments args;
    private final SearchParser search;

    OrderParser(Arguments args) {
        this.args = args;
        this.search = new SearchParser(args);
    }

    /// Everything after SORT or UID SORT.
    Command sort(Tag tag, Command.Numbering by) throws IOException, SyntaxException {
        args.space("sort criteria in parentheses");
        SearchReturns returns = returns();
        List<SortCriterion> criteria = criteria();
        SearchKey key = search.afterCharset();
        return search.badCharset(tag, returns)
                .<Command>map(bad -> bad)
                .orElseGet(() -> new OrderCommand.Sort(tag, by, returns, criteria, key));
    }

    /// Everything after THREAD or UID THREAD.
    Command thread(Tag tag, Command.Numbering by) throws IOException, SyntaxException {
        args.space("a threading algorithm");
        ThreadAlgorithm algorithm = args.word(ALGORITHMS, "a threading algorithm");
        if (algorithm == null) {
            throw args.invalid("unknown threading algorithm " + args.shownWord());
        }
        SearchKey key = search.afterCharset();
        return search.badCharset(tag, SearchReturns.NONE)
                .<Command>map(bad -> bad)
                .orElseGet(() -> new OrderCommand.Thread(tag, by, algorithm, key));
    }

    private SearchReturns returns() throws IOException, SyntaxException {
        if (args.isNext('(')) {
            return SearchReturns.NONE;
        }
        if (args.word(RETURN, "sort criteria in parentheses") == null) {
            throw args.invalid("neither RETURN nor sort criteria in parentheses");
        }
        SearchReturns returns = new SearchReturnsParser(args).returns();
        args.space("sort criteria in parentheses");
        return returns;
    }

    private List<SortCriterion> criteria() throws IOException, SyntaxException {
        args.take('(', "sort criteria in parentheses");
        List<SortCriterion> criteria = new ArrayList<>();
        int count = 0;
        do {
            SortCriterion criterion = criterion();
            // What is equal by a key is equal by the same key reversed: a repetition sorts nothing.
            if (criteria.stream().noneMatch(criterion::comparesAs)) {
                criteria.add(criterion);
            }
            if (++count > args.limits().items()) {
                throw args.invalid("more than " + args.limits().items() + " sort criteria");
            }
        } while (args.skip(' '));
        args.take(')', "a space or a closing parenthesis");
        return criteria;
    }

    private SortCriterion criterion() throws IOException, SyntaxException {
        boolean reverse = args.word(REVERSE, "a sort key") != null;
        if (reverse) {
            args.space("a sort key");
            args.word(KEYS, "a sort key");
        }
        SortKey key = args.again(KEYS);
        if (key == null) {
            throw args.invalid("unknown sort key " + args.shownWord());
        }
        return key == SortKey.ANNOTATION
                ? new SortCriterion(key, reverse, Optional.of(new AnnotationParser(args).key()))
                : new SortCriterion(key, reverse);
    }
}
