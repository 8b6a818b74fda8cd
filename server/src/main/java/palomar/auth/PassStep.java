package palomar.auth;

import java.util.Map;

/// A passdb at its place in the chain.
///
/// @param skip when not to ask it
/// @param deny true: whoever is found in it may not enter, whatever the others say; passwords are not looked at
/// @param fields set after the database's own, values with [Variables]; a name that ends in `:default` gives way
public record PassStep(PassDb database, ResultRules rules, Skip skip, boolean deny, Map<String, String> fields) {
    /// By the chain's state so far.
    public enum Skip {
        NEVER,
        /// After a success.
        AUTHENTICATED,
        /// As long as there is none.
        UNAUTHENTICATED
    }

    public PassStep {
        fields = Map.copyOf(fields);
        fields.values().forEach(Variables::of);
    }

    public PassStep(PassDb database) {
        this(database, ResultRules.DEFAULT, Skip.NEVER, false, Map.of());
    }

    boolean skippedIn(boolean state) {
        return switch (skip) {
            case NEVER -> false;
            case AUTHENTICATED -> state;
            case UNAUTHENTICATED -> !state;
        };
    }
}
