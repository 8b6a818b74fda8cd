package palomar.net;

/// The peer is not there any more, or not worth waiting for: nothing can be answered. The top of a session ends
/// quietly on it.
///
/// Made without a stack trace: it happens all day and says nothing about our code.
public class ClientGone extends RuntimeException {
    /// How the peer left.
    public enum Reason {
        /// Closed where more had to follow.
        CLOSED,
        /// Connection reset, broken pipe, or an error of the network.
        RESET,
        /// Did not take our output within the write deadline.
        STALLED,
        /// Broke the TLS protocol, or never spoke it.
        TLS,
        /// Sent what does not decompress.
        COMPRESSION,
        /// Sent a PROXY header that is none, or came from where none may come.
        PROXY,
        /// We closed it ourselves, from another thread.
        ABORTED,
        /// Woken by us; see [ReadInterrupted#why()].
        INTERRUPTED
    }

    private final Reason reason;

    public ClientGone(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public final Reason reason() {
        return reason;
    }
}
