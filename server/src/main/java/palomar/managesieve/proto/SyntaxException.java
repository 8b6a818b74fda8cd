package palomar.managesieve.proto;

/// The client broke the grammar. The message is for the client: one line of ASCII that holds nothing it sent.
final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    SyntaxException(String why) {
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
