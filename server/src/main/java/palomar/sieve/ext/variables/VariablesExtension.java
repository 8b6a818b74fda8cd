package palomar.sieve.ext.variables;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import palomar.sieve.Arguments;
import palomar.sieve.Condition;
import palomar.sieve.Declarations;
import palomar.sieve.Extension;
import palomar.sieve.Flow;
import palomar.sieve.Modifier;
import palomar.sieve.Run;
import palomar.sieve.Spec;
import palomar.sieve.Statement;
import palomar.sieve.Text;
import palomar.sieve.Texts;
import palomar.sieve.Variable;
import palomar.sieve.VariableNames;
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
        declarations.command(Spec.of("set")
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
        String name = arguments.string("name").constant().orElse("");
        Text value = arguments.string("value");
        List<Modifier> modifiers = new ArrayList<>(arguments.all(Modifier.class));
        modifiers.sort(Comparator.comparingInt(Modifier::precedence).reversed());
        Variable variable = VariableNames.writable(arguments.scope(), arguments.at("name"), name)
                .orElse(Variable.constant(""));
        return run -> {
            String text = value.value(run);
            for (Modifier modifier : modifiers) {
                text = modifier.apply(text);
            }
            assign(run, variable, name, text);
            return Flow.NEXT;
        };
    }

    private static void assign(Run run, Variable variable, String name, String text) {
        String cut = Values.cut(text, run.limits().mostVariableBytes());
        if (run.isTraced()) {
            run.trace().note(run, "set variable '" + name + "' = \"" + cut + "\"");
        }
        variable.set(run, cut);
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
