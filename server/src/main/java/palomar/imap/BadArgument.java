package palomar.imap;

/// The grammar was right but the command can't be meant: answered BAD with the message, which says what was
/// expected.
final class BadArgument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadArgument(String why) {
        super(why, null, false, false);
    }
}
