package palomar.sieve;

import java.util.function.UnaryOperator;

/// A modifier of `set`: an extension adds it with `declarations.tag("set", Modifier.tag(name, modifier))`. RFC 5229 4.1
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

    /// The tag by which `set` knows it.
    static Tag tag(String name, Modifier modifier) {
        return Tag.of(name)
                .group("modifier of precedence " + modifier.precedence())
                .compile(use -> modifier);
    }
}
