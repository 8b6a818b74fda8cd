package palomar.net;

/// Thrown by a read because we want the session to end. Unlike any other [ClientGone], the output still works: say
/// a last line, flush, return. Each further read throws again.
public final class ReadInterrupted extends ClientGone {
    /// Why we stopped listening to the peer.
    public enum Why {
        /// The server is stopping.
        SHUTDOWN,
        /// An operator, or the user's own limit, ended this session.
        KICKED,
        /// The read deadline passed.
        TIMEOUT
    }

    private final Why why;

    public ReadInterrupted(Why why) {
        super(Reason.INTERRUPTED, "read interrupted: " + why);
        this.why = why;
    }

    public Why why() {
        return why;
    }
}
