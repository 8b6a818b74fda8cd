package palomar.sieve.ext.regex;

import palomar.sieve.Text;
import palomar.sieve.match.BadKey;
import palomar.sieve.match.Comparator;
import palomar.sieve.match.Key;
import palomar.sieve.match.MatchType;
import palomar.sieve.match.Matcher;

/// `:regex`: true when the expression is found anywhere in the value. draft-murchison-sieve-regex-07 3
final class RegexMatch implements MatchType {
    /// Sizes of all constant expressions of a script together: what its compilation may cost.
    private static final int MOST_IN_SCRIPT = 200_000;

    @Override
    public String tag() {
        return "regex";
    }

    @Override
    public Matcher matcher(Use use) {
        Comparator comparator = use.comparator();
        if (!comparator.hasSubstrings()) {
            use.call()
                    .error("the comparator '" + comparator.wire() + "' does not support the ':regex' match type of the "
                            + use.call().label());
        }
        if (!isAffordable(use, comparator.folding())) {
            use.call()
                    .error("the regular expressions of the script are too large, all together, in the "
                            + use.call().label());
            return new Expressions(Comparator.Folding.NONE, false, true);
        }
        return new Expressions(comparator.folding(), use.captures(), false);
    }

    private static boolean isAffordable(Use use, Comparator.Folding folding) {
        Spent spent = use.call().scope().state(Spent.class, Spent::new);
        for (Text text : use.call().strings(use.keys()).list()) {
            spent.size += size(text.constant().orElse(""), folding);
        }
        return spent.size <= MOST_IN_SCRIPT;
    }

    private static long size(String pattern, Comparator.Folding folding) {
        try {
            return Expression.read(pattern, folding).size();
        } catch (BadKey reported) {
            return 0; // when the key is made
        }
    }

    /// Of one script.
    private static final class Spent {
        private long size;
    }

    /// @param captures a match is remembered by the run
    /// @param refused nothing is compiled any more
    private record Expressions(Comparator.Folding folding, boolean captures, boolean refused) implements Matcher {
        private static final int STEPS_OF_CHARACTER = 20;

        @Override
        public Key key(String key) throws BadKey {
            return refused ? (run, value) -> false : RegexKey.of(key, folding, captures);
        }

        @Override
        public long cost(String key) {
            return (long) STEPS_OF_CHARACTER * key.length();
        }
    }
}
