package palomar.lmtp;

import java.io.IOException;
import java.util.Optional;
import palomar.delivery.Deliveries;
import palomar.event.Event;
import palomar.net.ClientGone;
import palomar.net.Connection;
import palomar.net.ConnectionHandler;
import palomar.net.TlsContexts;
import palomar.smtp.proto.SmtpReply;

/// The LMTP protocol, for listeners. Safe for many threads.
public final class LmtpService implements ConnectionHandler {
    private final Deliveries deliveries;
    private final Optional<TlsContexts> tls;
    private final Event events;
    private volatile LmtpSettings settings;

    /// @param tls for STARTTLS; empty: not offered
    public LmtpService(Deliveries deliveries, Optional<TlsContexts> tls, LmtpSettings settings, Event events) {
        this.deliveries = deliveries;
        this.tls = tls;
        this.settings = settings;
        this.events = events;
    }

    /// In force for sessions that begin from now on.
    public void reload(LmtpSettings changed) {
        settings = changed;
    }

    @Override
    public void handle(Connection connection) {
        new LmtpSession(connection, deliveries, tls, settings, events.with("session", connection.id())).run();
    }

    @Override
    public void refuse(Connection connection, Refusal why) {
        String text = switch (why) {
            case SERVER_FULL -> "too many connections";
            case ADDRESS_FULL -> "too many connections from your address";
        };
        try {
            SmtpReply.of(421, "4.3.2", deliveries.settings().host() + " " + text)
                    .writeTo(connection.out());
            connection.out().flush();
        } catch (IOException e) {
            throw new ClientGone(ClientGone.Reason.RESET, String.valueOf(e.getMessage()));
        }
    }
}
