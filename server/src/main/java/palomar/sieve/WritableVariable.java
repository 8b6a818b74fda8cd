package palomar.sieve;

/// A variable that `set` may write. Immutable; the value is in the run. RFC 5229 4
public interface WritableVariable extends Variable {
    /// @param value already cut to its limit
    void set(Run run, String value);
}
