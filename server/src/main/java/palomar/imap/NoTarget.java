package palomar.imap;

/// The mailbox that messages were to go into does not exist, but could be made: NO [TRYCREATE]. RFC 9051 6.3.12
final class NoTarget extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoTarget() {
        super("there is no mailbox of that name; create it first", null, false, false);
    }
}
