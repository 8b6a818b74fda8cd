package palomar.auth;

import java.util.Map;

/// A userdb at its place in the chain.
///
/// @param skip when not to ask it
/// @param fields set after the database's own, values with [Variables]; a name that ends in `:default` gives way
public record UserStep(UserDb database, ResultRules rules, Skip skip, Map<String, String> fields) {
    /// By the chain's state so far.
    public enum Skip {
        NEVER,
        FOUND,
        NOTFOUND
    }

    public UserStep {
        fields = Map.copyOf(fields);
        fields.values().forEach(Variables::of);
    }

    public UserStep(UserDb database) {
        this(database, ResultRules.DEFAULT, Skip.NEVER, Map.of());
    }

    boolean skippedIn(boolean state) {
        return switch (skip) {
            case NEVER -> false;
            case FOUND -> state;
            case NOTFOUND -> !state;
        };
    }
}
