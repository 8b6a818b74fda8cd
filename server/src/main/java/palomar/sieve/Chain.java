package palomar.sieve;

/// A command that those behind it become part of, as `elsif` becomes part of `if`.
public interface Chain extends Statement {
    /// What follows is never executed, and is not checked.
    boolean isClosed();
}
