package palomar.smtp.client;

import java.io.IOException;

/// A way out of the house. Safe for many threads; each call blocks its own.
public interface Transport extends AutoCloseable {

    /// Hands the message over once, for all recipients of the envelope, within bounded time.
    ///
    /// @throws IOException only when our own content can't be read; then nobody got it
    Delivery deliver(Envelope envelope, OutgoingContent content) throws IOException;

    /// Looks whether it can be used, without a message; a line for the operator.
    ///
    /// @throws RelayTrouble it can't
    String probe() throws RelayTrouble;

    /// For people: `relay.example.org:587`.
    String where();

    /// Messages at once.
    int width();

    /// Lets go of what has been idle for long; to be called now and then.
    void tidy();

    @Override
    void close();
}
