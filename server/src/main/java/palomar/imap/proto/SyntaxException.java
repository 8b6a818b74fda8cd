package palomar.imap.proto;

/// The line does not follow the grammar. The text says what was expected and is shown to the client.
///
/// It never leaves this package: the reader turns it into a value. Without a stack, since clients can cause it at
/// will.
final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean aboutName;

    SyntaxException(String expected) {
        this(expected, false);
    }

    private SyntaxException(String expected, boolean aboutName) {
        super(expected, null, false, false);
        this.aboutName = aboutName;
    }

    /// The line is well formed, only a mailbox name in it can't be one.
    static SyntaxException ofName(String why) {
        return new SyntaxException(why, true);
    }

    boolean isAboutName() {
        return aboutName;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
