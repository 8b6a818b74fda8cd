package palomar.sieve;

/// A place that a `${name}` reads, found when the script is compiled. Immutable; the value is in the run.
public interface Variable {
    String get(Run run);

    /// Whether `set` may write it.
    default boolean isWritable() {
        return false;
    }

    /// Called only for those that may be written; the value is already cut to its limit.
    default void set(Run run, String value) {
        throw new UnsupportedOperationException();
    }

    static Variable constant(String text) {
        return run -> text;
    }
}
