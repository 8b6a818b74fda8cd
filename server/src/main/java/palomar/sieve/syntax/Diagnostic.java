package palomar.sieve.syntax;

/// Something that is wrong, or doubtful, in a script.
///
/// @param text without the place; what is wrong, the item in single quotes, whose it is, what is allowed
public record Diagnostic(Severity severity, Position at, String text) {

    /// How bad it is: a script with an error is not run.
    public enum Severity {
        ERROR,
        WARNING
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        return at + ": " + (isError() ? "error: " : "warning: ") + text;
    }
}
