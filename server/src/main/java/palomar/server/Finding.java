package palomar.server;

/// What `palomar doctor` says of one thing.
///
/// @param what was looked at: `data directory`
/// @param text what was found
/// @param remedy what to do; empty when nothing
public record Finding(Verdict verdict, String what, String text, String remedy) {
    /// How bad it is.
    public enum Verdict {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String what, String text) {
        return new Finding(Verdict.OK, what, text, "");
    }

    static Finding warn(String what, String text, String remedy) {
        return new Finding(Verdict.WARN, what, text, remedy);
    }

    static Finding fail(String what, String text, String remedy) {
        return new Finding(Verdict.FAIL, what, text, remedy);
    }

    /// `OK    data directory  /var/lib/palomar, ...` and the remedy on a line of its own.
    @Override
    public String toString() {
        String line = verdict + " ".repeat(6 - verdict.name().length()) + what + ": " + text;
        return remedy.isEmpty() ? line : line + "\n      -> " + remedy;
    }
}
