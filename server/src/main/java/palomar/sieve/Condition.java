package palomar.sieve;

import java.io.IOException;
import java.util.Optional;

/// A compiled test. Immutable, as [Statement].
@FunctionalInterface
public interface Condition {
    Condition TRUE = constant(true, false);
    Condition FALSE = constant(false, false);

    /// @throws SieveFault when the script can't go on
    /// @throws IOException when the message can't be read
    boolean test(Run run) throws IOException;

    /// What is known when the script is compiled.
    default Optional<Known> known() {
        return Optional.empty();
    }

    /// @param lacking an extension is not there (RFC 5463 4): what depends on it is not checked
    static Condition constant(boolean value, boolean lacking) {
        Optional<Known> known = Optional.of(new Known(value, lacking));
        return new Condition() {
            @Override
            public boolean test(Run run) {
                return value;
            }

            @Override
            public Optional<Known> known() {
                return known;
            }
        };
    }

    /// The outcome of a test that never changes, see [#constant].
    record Known(boolean value, boolean lacking) {}
}
