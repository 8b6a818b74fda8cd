package palomar.sieve.ext.imap4flags;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Text;
import palomar.sieve.Texts;
import palomar.sieve.Variable;
import palomar.sieve.VariableNames;
import palomar.sieve.match.BadKey;
import palomar.sieve.match.Comparator;
import palomar.sieve.match.Comparators;
import palomar.sieve.match.Key;
import palomar.sieve.match.MatchType;
import palomar.sieve.match.Matcher;

/// `hasflag`: flags are compared one by one, and so are the words of a key. RFC 5232 4
final class HasFlag {
    private static final String VARIABLES = "variable list";

    private HasFlag() {}

    static void declare(Declarations declarations) {
        declarations.test(
                Spec.of("hasflag")
                        .matchTags()
                        .constant(VARIABLES, true)
                        .optional()
                        .strings(FlagCommands.FLAGS),
                HasFlag::compile);
    }

    private static Condition compile(Arguments arguments) {
        arguments.matching(FlagCommands.FLAGS); // reports what is wrong with the comparison
        MatchType type = type(arguments);
        Matcher matcher = type.matcher(use(arguments, type));
        Texts keys = arguments.strings(FlagCommands.FLAGS);
        boolean named = arguments.has(VARIABLES);
        List<Variable> variables = named ? variables(arguments) : List.of();
        return run -> {
            List<String> flags =
                    named ? values(run, variables) : FlagVariable.of(run).get();
            List<String> values = matcher.counts() ? List.of(Integer.toString(flags.size())) : flags;
            for (String word : FlagWords.split(keys.values(run))) {
                if (any(run, key(run, matcher, word), word, values)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static boolean any(Run run, Key key, String word, List<String> values) {
        for (String value : values) {
            run.charge(1);
            boolean same = key.matches(run, value);
            if (run.isTraced()) {
                run.trace().compared(run, value, word, same);
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    private static Key key(Run run, Matcher matcher, String word) {
        try {
            return matcher.key(word);
        } catch (BadKey bad) {
            throw run.fault(bad.getMessage());
        }
    }

    private static MatchType type(Arguments arguments) {
        for (String name : arguments.scope().names(MatchType.class)) {
            if (arguments.has(":" + name)) {
                return arguments.scope().find(MatchType.class, name).orElseThrow();
            }
        }
        return arguments.scope().find(MatchType.class, "is").orElseThrow();
    }

    private static MatchType.Use use(Arguments arguments, MatchType type) {
        Comparator comparator = Comparators.ASCII_CASEMAP;
        if (arguments.has(":comparator")) {
            String name = arguments.string(":comparator").constant().orElse("");
            comparator = arguments.scope().find(Comparator.class, name).orElse(comparator);
        }
        Optional<Text> parameter = type.parameter().map(kind -> arguments.string(":" + type.tag()));
        boolean captures = arguments.scope().requires("variables");
        return new MatchType.Use(arguments, FlagCommands.FLAGS, comparator, parameter, captures);
    }

    private static List<Variable> variables(Arguments arguments) {
        if (!arguments.scope().requires("variables")) {
            arguments.error(
                    VARIABLES,
                    "the " + arguments.label()
                            + " allows a variable list only when the variables extension is required");
            return List.of();
        }
        List<Variable> found = new ArrayList<>();
        for (Text name : arguments.strings(VARIABLES).list()) {
            VariableNames.writable(arguments.scope(), name.at(), name.constant().orElse(""))
                    .ifPresent(found::add);
        }
        return found;
    }

    private static List<String> values(Run run, List<Variable> variables) {
        List<String> words = new ArrayList<>();
        for (Variable variable : variables) {
            words.addAll(FlagWords.split(List.of(variable.get(run))));
        }
        return words;
    }
}
