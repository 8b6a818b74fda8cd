package palomar.sieve;

import java.io.IOException;
import java.util.Optional;

/// A compiled test. Immutable, as [Statement].
@FunctionalInterface
public interface Condition {
    Condition TRUE = constant(true);
    Condition FALSE = constant(false);

    /// @throws SieveFault when the script can't go on
    /// @throws IOException when the message can't be read
    boolean test(Run run) throws IOException;

    /// The outcome, when it is known already while the script is compiled: what is not reached because of it is
    /// not checked, as it may use extensions that an `ihave` did not find. RFC 5463 4
    default Optional<Boolean> known() {
        return Optional.empty();
    }

    static Condition constant(boolean value) {
        Optional<Boolean> known = Optional.of(value);
        return new Condition() {
            @Override
            public boolean test(Run run) {
                return value;
            }

            @Override
            public Optional<Boolean> known() {
                return known;
            }
        };
    }
}
