package palomar.delivery.sieve;

/// How much the scripts of one user may send in an hour. Safe for many threads.
@FunctionalInterface
public interface Allowance {
    Allowance UNLIMITED = (user, kind) -> true;

    /// What is counted.
    enum Kind {
        REDIRECT,
        REPLY
    }

    /// Counts one more; false: it would be too many, and is not counted.
    boolean admits(String user, Kind kind);
}
