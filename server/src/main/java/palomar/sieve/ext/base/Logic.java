package palomar.sieve.ext.base;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import palomar.message.edit.Part;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Tag;

/// `true`, `false`, `not`, `allof`, `anyof`, `size`. RFC 5228 5
final class Logic {
    private Logic() {}

    static void declare(Declarations declarations) {
        declarations.test(Spec.of("true").saying(words -> "always"), arguments -> Condition.TRUE);
        declarations.test(Spec.of("false").saying(words -> "never"), arguments -> Condition.FALSE);
        declarations.test(
                Spec.of("not").tests(Spec.Tests.ONE),
                arguments -> new Not(arguments.tests().getFirst()));
        declarations.test(Spec.of("allof").tests(Spec.Tests.ALL), arguments -> new Any(arguments.tests(), false));
        declarations.test(Spec.of("anyof").tests(Spec.Tests.ANY), arguments -> new Any(arguments.tests(), true));
        declarations.test(
                Spec.of("size")
                        .tag(Tag.of("over").group("limit"))
                        .tag(Tag.of("under").group("limit"))
                        .number("limit")
                        .saying(words -> "the message is " + (words.has(":over") ? "larger" : "smaller") + " than "
                                + words.of("limit") + " bytes"),
                Logic::size);
    }

    private static Condition size(Arguments arguments) {
        boolean over = arguments.has(":over");
        if (!over && !arguments.has(":under")) {
            arguments.error("the size test requires the :over or the :under tag, but none is specified");
        }
        long limit = arguments.number("limit");
        return run -> {
            Part part = run.part().orElse(null);
            long size = part == null ? run.message().size() : part.size();
            return over ? size > limit : size < limit;
        };
    }

    private record Not(Condition inner) implements Condition {
        @Override
        public boolean test(Run run) throws IOException {
            return !inner.test(run);
        }

        @Override
        public Optional<Boolean> known() {
            return inner.known().map(value -> !value);
        }
    }

    /// @param decisive the outcome that ends the search
    private record Any(List<Condition> inner, boolean decisive) implements Condition {
        @Override
        public boolean test(Run run) throws IOException {
            for (int i = 0; i < inner.size(); i++) {
                if (inner.get(i).test(run) == decisive) {
                    return decisive;
                }
            }
            return !decisive;
        }

        @Override
        public Optional<Boolean> known() {
            boolean all = true;
            for (Condition each : inner) {
                Optional<Boolean> known = each.known();
                if (known.isPresent() && known.get() == decisive) {
                    return known;
                }
                all &= known.isPresent();
            }
            return all ? Optional.of(!decisive) : Optional.empty();
        }
    }
}
