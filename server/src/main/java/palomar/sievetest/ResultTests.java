package palomar.sievetest;

import java.util.List;
import java.util.function.Function;
import palomar.sieve.Action;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Flow;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Tag;
import palomar.sieve.TextTracer;
import palomar.sieve.match.Comparators;
import palomar.sieve.match.MatchType;
import palomar.sieve.match.Matching;

/// What became of scripts: the result and the list of errors.
final class ResultTests {
    private static final String KEYS = "key list";

    private ResultTests() {}

    static void declare(Declarations declarations) {
        declarations.command(Spec.of("test_result_reset"), arguments -> run -> {
            TestWorld.of(run).reset(run);
            return Flow.NEXT;
        });
        declarations.command(Spec.of("test_result_print"), arguments -> run -> {
            TestWorld world = TestWorld.of(run);
            world.result().actions().forEach(action -> world.report().print(TextTracer.described(action)));
            if (world.result().implicitKeep()) {
                world.report().print("keep in the default mailbox (implicit)");
            }
            return Flow.NEXT;
        });
        declarations.test(Spec.of("test_result_execute"), arguments -> run -> {
            TestWorld world = TestWorld.of(run);
            world.errors().clear();
            return world.execute();
        });
        declarations.test(
                list("test_result_action"),
                arguments -> matching(
                        arguments,
                        run -> TestWorld.of(run).result().actions().stream()
                                .map(Action::name)
                                .toList()));
        declarations.test(
                list("test_error"),
                arguments ->
                        matching(arguments, run -> List.copyOf(TestWorld.of(run).errors())));
    }

    private static Spec list(String name) {
        return Spec.of(name).matchTags().tag(Tag.of("index").number()).strings(KEYS);
    }

    private static Condition matching(Arguments arguments, Function<Run, List<String>> texts) {
        long index = arguments.has(":index") ? arguments.number(":index") : 0;
        Matching matching = matching(arguments);
        return run -> {
            List<String> values = texts.apply(run);
            if (index == 0) {
                return matching.any(run, values);
            }
            return index <= values.size() && matching.any(run, List.of(values.get((int) index - 1)));
        };
    }

    /// Without a comparator it is `i;octet`, unlike in the tests of the language.
    private static Matching matching(Arguments arguments) {
        if (arguments.has(":comparator")) {
            return arguments.matching(KEYS);
        }
        String tag = arguments.scope().names(MatchType.class).stream()
                .filter(name -> arguments.has(":" + name))
                .findFirst()
                .orElse("is");
        MatchType type = arguments.scope().find(MatchType.class, tag).orElseThrow();
        return Matching.of(
                type,
                new MatchType.Use(
                        arguments,
                        KEYS,
                        Comparators.OCTET,
                        type.parameter().map(kind -> arguments.string(":" + tag)),
                        arguments.scope().requires("variables")));
    }
}
