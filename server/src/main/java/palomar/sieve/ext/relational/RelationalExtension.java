package palomar.sieve.ext.relational;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.sieve.ArgumentType;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.match.Comparator;
import palomar.sieve.match.Key;
import palomar.sieve.match.MatchType;
import palomar.sieve.match.Matcher;

/// RFC 5231
public final class RelationalExtension implements Extension {
    @Override
    public String name() {
        return "relational";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.matchType(new Relation("value", false));
        declarations.matchType(new Relation("count", true));
    }

    /// @param tag of the match type
    private record Relation(String tag, boolean counts) implements MatchType {
        @Override
        public Optional<ArgumentType> parameter() {
            return Optional.of(ArgumentType.STRING);
        }

        @Override
        public Matcher matcher(Use use) {
            String word = use.call().constant(":" + tag).orElse("eq");
            Operator operator = Operator.named(word);
            if (operator == null) {
                use.call()
                        .error(
                                ":" + tag,
                                "invalid relational match '" + word + "' for the :" + tag + " tag of the "
                                        + use.call().label() + ": allowed are gt, ge, lt, le, eq, ne");
                operator = Operator.EQ;
            }
            return new Related(use.comparator(), operator, counts);
        }
    }

    private record Related(Comparator comparator, Operator operator, boolean counts) implements Matcher {
        @Override
        public Key key(String key) {
            return (run, value) -> operator.holds(comparator.compare(value, key));
        }
    }

    private enum Operator {
        GT,
        GE,
        LT,
        LE,
        EQ,
        NE;

        static @Nullable Operator named(String word) {
            for (Operator each : values()) {
                if (each.name().equals(word.toUpperCase(Locale.ROOT))) {
                    return each;
                }
            }
            return null;
        }

        boolean holds(int order) {
            return switch (this) {
                case GT -> order > 0;
                case GE -> order >= 0;
                case LT -> order < 0;
                case LE -> order <= 0;
                case EQ -> order == 0;
                case NE -> order != 0;
            };
        }
    }
}
