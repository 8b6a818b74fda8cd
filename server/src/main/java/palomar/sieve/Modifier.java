package palomar.sieve;

import java.util.function.UnaryOperator;

/// A modifier of `set` and `extracttext`. RFC 5229 4.1, RFC 5703 7
public interface Modifier {
    /// The higher is applied first; two of the same can't be used together.
    int precedence();

    String apply(String value);

    static Modifier of(int precedence, UnaryOperator<String> change) {
        return new Modifier() {
            @Override
            public int precedence() {
                return precedence;
            }

            @Override
            public String apply(String value) {
                return change.apply(value);
            }
        };
    }

    /// Adds it to all commands that have modifiers, under the name of its tag.
    static void declare(Declarations declarations, String name, Modifier modifier) {
        declarations.tag("set", tag(name, modifier));
        declarations.tag("extracttext", tag(name, modifier));
    }

    private static Tag tag(String name, Modifier modifier) {
        return Tag.of(name)
                .group("modifier of precedence " + modifier.precedence())
                .compile(use -> modifier);
    }
}
