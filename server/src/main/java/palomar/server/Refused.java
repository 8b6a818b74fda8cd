package palomar.server;

/// A command can't do what was asked; its text is for the operator and says what to do.
public final class Refused extends IllegalStateException {
    private final ExitCode code;

    public Refused(ExitCode code, String text) {
        super(text);
        this.code = code;
    }

    public Refused(ExitCode code, String text, Throwable cause) {
        super(text, cause);
        this.code = code;
    }

    public ExitCode code() {
        return code;
    }
}
