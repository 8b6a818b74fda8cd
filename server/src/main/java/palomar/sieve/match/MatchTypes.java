package palomar.sieve.match;

import java.util.Locale;
import palomar.message.CaseFold;
import palomar.sieve.syntax.Octets;

/// Those of the base language. RFC 5228 2.7.1
public enum MatchTypes implements MatchType {
    IS {
        @Override
        public Matcher matcher(Use use) {
            Comparator comparator = use.comparator();
            return key -> (run, value) -> comparator.equal(value, key);
        }
    },
    CONTAINS {
        @Override
        public Matcher matcher(Use use) {
            Comparator.Folding folding = checked(this, use).folding();
            return key -> {
                Key contains = contains(folding, key);
                return (run, value) -> {
                    run.charge((long) value.length() * key.length() / 4096);
                    return contains.matches(run, value);
                };
            };
        }
    },
    MATCHES {
        @Override
        public Matcher matcher(Use use) {
            Comparator.Folding folding = checked(this, use).folding();
            return key -> {
                Glob glob = Glob.of(key, folding);
                return (run, value) -> glob.matches(run, value, use.captures());
            };
        }
    };

    private static Comparator checked(MatchTypes type, Use use) {
        Comparator comparator = use.comparator();
        if (!comparator.hasSubstrings()) {
            use.call()
                    .error("the comparator '" + comparator.wire() + "' does not support the ':" + type.tag()
                            + "' match type of the " + use.call().label());
        }
        return comparator;
    }

    private static Key contains(Comparator.Folding folding, String key) {
        return switch (folding) {
            case NONE -> {
                String octets = Octets.wide(key);
                yield Octets.isOdd(key)
                        ? (run, value) -> Octets.wide(value).contains(octets)
                        : (run, value) -> value.contains(key);
            }
            case ASCII -> {
                String octets = Octets.wide(key);
                yield Octets.isOdd(key)
                        ? (run, value) -> Fold.indexOf(Octets.wide(value), octets) >= 0
                        : (run, value) -> Fold.indexOf(value, key) >= 0;
            }
            case UNICODE -> {
                String folded = CaseFold.fold(key);
                yield (run, value) -> CaseFold.fold(value).contains(folded);
            }
        };
    }

    @Override
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
