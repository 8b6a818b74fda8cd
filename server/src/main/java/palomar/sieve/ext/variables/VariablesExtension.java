package palomar.sieve.ext.variables;

import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Text;
import palomar.sieve.Texts;
import palomar.sieve.match.Matching;

/// RFC 5229
public final class VariablesExtension implements Extension {
    @Override
    public String name() {
        return "variables";
    }

    @Override
    public void declare(Declarations declarations) {
        declarations.notForIhave();
        Modifiers.declare(declarations);
        declarations.command(
                Spec.of("set")
                        .constant("name", false)
                        .string("value")
                        .saying(words -> "call " + words.of("value") + " from now on " + words.of("name")),
                VariablesExtension::set);
        declarations.test(
                Spec.of("string")
                        .matchTags()
                        .strings("source")
                        .strings("key list")
                        .saying(words -> words.of("source") + " " + words.match("key list")),
                VariablesExtension::string);
    }

    private static Statement set(Arguments arguments) {
        Text value = arguments.string("value");
        Assignment assignment = Assignment.of(arguments, "name");
        return run -> {
            assignment.assign(run, value.value(run));
            return Flow.NEXT;
        };
    }

    private static Condition string(Arguments arguments) {
        Texts sources = arguments.strings("source");
        Matching matching = arguments.matching("key list");
        return run -> {
            Matching.Pass pass = matching.start(run);
            for (Text source : sources.list()) {
                String value = source.value(run);
                if (!(pass.counts() && value.isEmpty()) && pass.offer(value)) {
                    return true;
                }
            }
            return pass.end();
        };
    }
}
