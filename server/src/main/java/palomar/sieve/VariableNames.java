package palomar.sieve;

import java.util.Locale;
import java.util.Optional;
import palomar.sieve.syntax.Position;

/// Finds what the name of a variable means. RFC 5229 3
public final class VariableNames {
    private static final int MOST_NAME = 64;

    private VariableNames() {}

    /// The variable; empty, with an error reported, when there can be none.
    ///
    /// @param name identifiers with dots between them
    static Optional<Variable> find(Scope scope, Position at, String name) {
        if (name.length() > MOST_NAME * 2) {
            scope.error(at, "invalid variable name: it is longer than " + MOST_NAME * 2 + " characters");
            return Optional.empty();
        }
        if (name.indexOf('.') < 0) {
            return Optional.of(scope.variable(at, name));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        for (int dot = lower.lastIndexOf('.'); dot > 0; dot = lower.lastIndexOf('.', dot - 1)) {
            Optional<Namespace> namespace = scope.find(Namespace.class, lower.substring(0, dot));
            if (namespace.isPresent()) {
                return inNamespace(namespace.get(), scope, at, lower, lower.substring(dot + 1));
            }
        }
        scope.error(at, "unknown namespace of variables in '" + name + "'");
        return Optional.empty();
    }

    private static Optional<Variable> inNamespace(
            Namespace namespace, Scope scope, Position at, String name, String last) {
        int errors = scope.errors();
        Optional<Variable> variable = namespace.variable(scope, at, last);
        if (variable.isEmpty() && errors == scope.errors()) {
            scope.error(at, "invalid variable '" + name + "': its namespace has no such variable");
        }
        return variable;
    }

    /// A variable that may be written; empty, with an error reported, when the name is none or may not be.
    public static Optional<WritableVariable> writable(Scope scope, Position at, String name) {
        for (String word : name.split("\\.", -1)) {
            if (!TextReader.isIdentifier(word)) {
                scope.error(at, "invalid variable name '" + name + "'");
                return Optional.empty();
            }
        }
        Optional<Variable> found = find(scope, at, name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!(found.get() instanceof WritableVariable writable)) {
            scope.error(at, "invalid variable '" + name + "': it can only be read, not set");
            return Optional.empty();
        }
        return Optional.of(writable);
    }

    /// Whether it is a name without a namespace. RFC 5229 3
    public static boolean isIdentifier(String name) {
        return TextReader.isIdentifier(name) && name.length() <= MOST_NAME;
    }
}
