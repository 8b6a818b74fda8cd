package palomar.sieve.match;

/// A key is none for its match type, as a regular expression with an error.
public final class BadKey extends Exception {
    private static final long serialVersionUID = 1;

    /// @param text what is wrong, as the end of a sentence: `invalid regular expression '(': ...`
    public BadKey(String text) {
        super(text, null, false, false);
    }

    /// The text; never null.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
