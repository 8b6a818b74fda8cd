package palomar.net;

/// A protocol, as a listener sees it. Called by many threads.
public interface ConnectionHandler {
    /// Why a client may not come in.
    enum Refusal {
        /// The listener has as many connections as it may have.
        SERVER_FULL,
        /// The client's address has as many connections as it may have.
        ADDRESS_FULL
    }

    /// Runs one session from greeting to end, on its own virtual thread. The listener closes the connection after
    /// it.
    void handle(Connection connection);

    /// Says the protocol's refusal line (`* BYE`, `421`) and returns; it has five seconds. Not called where TLS
    /// would have to be negotiated first.
    default void refuse(Connection connection, Refusal why) {}
}
