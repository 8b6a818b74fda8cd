package palomar.sieve.ext.variables;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import palomar.sieve.Arguments;
import palomar.sieve.Modifier;
import palomar.sieve.Run;
import palomar.sieve.VariableNames;
import palomar.sieve.WritableVariable;

/// What `set` and commands like it do: a text goes through modifiers into a variable. Immutable. RFC 5229 4
public final class Assignment {
    private final Optional<WritableVariable> variable;
    private final String name;
    private final List<Modifier> modifiers;

    private Assignment(Optional<WritableVariable> variable, String name, List<Modifier> modifiers) {
        this.variable = variable;
        this.name = name;
        this.modifiers = modifiers;
    }

    /// Reports a name that can't be written. Modifiers are those of the call.
    ///
    /// @param argument with the name of the variable, a constant
    public static Assignment of(Arguments arguments, String argument) {
        String name = arguments.string(argument).constant().orElse("");
        List<Modifier> modifiers = new ArrayList<>(arguments.all(Modifier.class));
        modifiers.sort(Comparator.comparingInt(Modifier::precedence).reversed());
        Optional<WritableVariable> variable = VariableNames.writable(arguments.scope(), arguments.at(argument), name);
        return new Assignment(variable, name, List.copyOf(modifiers));
    }

    public void assign(Run run, String value) {
        String text = value;
        for (Modifier modifier : modifiers) {
            text = modifier.apply(text);
        }
        String cut = Values.cut(text, run.limits().mostVariableBytes());
        if (run.isTraced()) {
            run.trace().note(run, "set variable '" + name + "' = \"" + cut + "\"");
        }
        variable.ifPresent(writable -> writable.set(run, cut));
    }
}
