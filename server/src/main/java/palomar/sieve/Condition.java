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

    /// @param byIhave as in [Known]
    static Condition constant(boolean value, boolean byIhave) {
        Optional<Known> known = Optional.of(new Known(value, byIhave));
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

    /// The outcome of a test that never changes.
    ///
    /// @param byIhave it depends on which extensions are there: what is not reached because of it may use others, and is
    ///     not checked. RFC 5463 4
    record Known(boolean value, boolean byIhave) {}
}
