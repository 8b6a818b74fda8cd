package palomar.admin;

/// A refusal that the operator is to read.
public final class ControlFailure extends IllegalStateException {
    private final int exitCode;

    /// @param exitCode as in sysexits, what the command line ends with
    public ControlFailure(int exitCode, String text) {
        super(text);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
