package palomar.imap.proto;

/// The line does not follow the grammar. The text says what was expected and is shown to the client.
///
/// It never leaves this package: the reader turns it into a value. Without a stack, since clients can cause it at
/// will.
final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    SyntaxException(String expected) {
        super(expected, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
