package palomar.delivery.sieve;

/// An action that can't be carried out, now or later: the message is kept instead. RFC 5228 2.10.6
///
/// The message is for the user's log.
final class ActionFailure extends Exception {
    private static final long serialVersionUID = 1;

    ActionFailure(String text) {
        super(text);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
