package palomar.auth;

import java.util.Locale;

/// What a chain does after a database has answered, with Dovecot's names.
///
/// A chain carries a state, failure at first. `return` ends the chain with the state as it is.
public enum Rule {
    RETURN_OK,
    RETURN,
    RETURN_FAIL,
    CONTINUE,
    CONTINUE_OK,
    CONTINUE_FAIL;

    /// Reads `return-ok` and its kin.
    ///
    /// Throws IllegalArgumentException, fit for the operator
    public static Rule of(String text) {
        for (Rule rule : values()) {
            if (rule.toString().equals(text)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("'" + text
                + "' is no result rule: return-ok, return, return-fail, continue, continue-ok or continue-fail");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean ends() {
        return switch (this) {
            case RETURN_OK, RETURN, RETURN_FAIL -> true;
            case CONTINUE, CONTINUE_OK, CONTINUE_FAIL -> false;
        };
    }

    /// The chain's state after this rule.
    boolean state(boolean before) {
        return switch (this) {
            case RETURN, CONTINUE -> before;
            case RETURN_OK, CONTINUE_OK -> true;
            case RETURN_FAIL, CONTINUE_FAIL -> false;
        };
    }
}
