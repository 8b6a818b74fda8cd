package palomar.sieve.ext.envelope;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import palomar.sieve.Run;

/// A part of the envelope that the `envelope` test can look at: provided by extensions under its name in lower
/// case.
public interface EnvelopePart {
    /// Its values, none when it is not known. Addresses are bare; the null sender is the empty text.
    List<String> values(Run run);

    /// Whether the values are addresses, of which an ADDRESS-PART can be taken.
    default boolean isAddress() {
        return false;
    }

    /// An address.
    static EnvelopePart address(Function<Run, Optional<String>> value) {
        return new EnvelopePart() {
            @Override
            public List<String> values(Run run) {
                return value.apply(run).map(List::of).orElse(List.of());
            }

            @Override
            public boolean isAddress() {
                return true;
            }
        };
    }
}
