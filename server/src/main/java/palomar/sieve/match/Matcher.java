package palomar.sieve.match;

/// A match type as one test uses it. Immutable.
public interface Matcher {
    /// Called once for a constant key, when the script is compiled; for others at each run.
    Key key(String key) throws BadKey;

    /// The keys are compared with the number of values, not with each. RFC 5231 4.2
    default boolean counts() {
        return false;
    }

    /// Steps that it takes to make a key at run time.
    default long cost(String key) {
        return key.length() / 16;
    }
}
