package palomar.imap.proto;

/// What a reader takes before it refuses. All sizes in bytes.
///
/// @param line text of one command, without its literals
/// @param command text and literals of one command together, without messages being appended
/// @param message one appended message
/// @param nonSynchronising a literal that the client sends unasked: 4096 where LITERAL- is announced (RFC 7888 5),
///     `Long.MAX_VALUE` with LITERAL+
/// @param discard what is read and thrown away to stay in step with a client whose literal is refused; beyond it
///     the connection is given up
/// @param nesting parentheses, NOT and OR within each other
/// @param items search keys, fetch items, patterns, flags or names in one command
/// @param annotation one value of an annotation
/// @param latin1 are strings of SEARCH that should be UTF-8, and are not, taken as Latin-1?
public record Limits(
        int line,
        int command,
        long message,
        long nonSynchronising,
        long discard,
        int nesting,
        int items,
        int annotation,
        boolean latin1) {

    /// Strangers get little.
    public static final Limits BEFORE_LOGIN = new Limits(8192, 8192, 0, Long.MAX_VALUE, 64 << 10, 10, 64);

    /// For users: lines up to 64 KiB, messages up to 64 MiB.
    public static final Limits AFTER_LOGIN =
            new Limits(64 << 10, 320 << 10, 64L << 20, Long.MAX_VALUE, 128L << 20, 100, 10_000);

    /// Without allowance for Latin-1, and with no limit of its own for annotations.
    public Limits(int line, int command, long message, long nonSynchronising, long discard, int nesting, int items) {
        this(line, command, message, nonSynchronising, discard, nesting, items, Integer.MAX_VALUE, false);
    }

    /// The same with another limit for appended messages.
    public Limits withMessage(long bytes) {
        return new Limits(line, command, bytes, nonSynchronising, discard, nesting, items, annotation, latin1);
    }

    /// The same with LITERAL- in place of LITERAL+. RFC 7888 5
    public Limits withLiteralMinus() {
        return new Limits(line, command, message, 4096, discard, nesting, items, annotation, latin1);
    }

    /// The same with another limit for annotations.
    public Limits withAnnotation(int bytes) {
        return new Limits(line, command, message, nonSynchronising, discard, nesting, items, bytes, latin1);
    }

    /// The same with strings of SEARCH in Latin-1.
    public Limits withLatin1() {
        return new Limits(line, command, message, nonSynchronising, discard, nesting, items, annotation, true);
    }
}
