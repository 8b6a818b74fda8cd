package palomar.imap;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import palomar.auth.Authenticator;
import palomar.delivery.MessageEvents;
import palomar.delivery.Refilter;
import palomar.event.Event;
import palomar.imap.order.ColumnCache;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.net.Connection;
import palomar.net.ConnectionHandler;
import palomar.net.KeyedPermits;
import palomar.net.TlsContext;
import palomar.storage.Storage;

/// IMAP for a listener: runs a session for each connection. Safe for many threads.
///
/// New settings and certificates count for new connections; STARTTLS takes the newest certificate.
public final class ImapService implements ConnectionHandler {
    /// The part of the heap that may be kept for sorting: one over this.
    private static final int SHARE_FOR_COLUMNS = 16;

    private final Authenticator door;
    private final Storage storage;
    private final Supplier<Optional<TlsContext>> tls;
    private final InstantSource clock;
    private final Event events;
    private final MessageEvents messageEvents;
    private final Optional<Refilter> refilter;
    private final KeyedPermits<String> perUser;
    private final UrlKeys urlKeys = new UrlKeys();
    private final Tickers tickers = new Tickers();
    private final ColumnCache columns;
    private final ConversionDesk desk;
    private volatile ImapSettings settings;

    /// @param tls for STARTTLS, asked each time; empty: not offered
    /// @param messageEvents hears what clients do with messages
    /// @param refilter for FILTER; empty: not offered
    public ImapService(
            ImapSettings settings,
            Authenticator door,
            Storage storage,
            Supplier<Optional<TlsContext>> tls,
            InstantSource clock,
            Event events,
            MessageEvents messageEvents,
            Optional<Refilter> refilter) {
        this.settings = settings;
        this.door = door;
        this.storage = storage;
        this.tls = tls;
        this.clock = clock;
        this.events = events;
        this.messageEvents = messageEvents;
        this.refilter = refilter;
        this.perUser = new KeyedPermits<>(settings.mostSessionsPerUser());
        this.desk = new ConversionDesk(settings.convert().atOnce(), ConversionDesk.PATIENCE);
        this.columns = new ColumnCache(Runtime.getRuntime().maxMemory() / SHARE_FOR_COLUMNS, clock);
    }

    /// For sessions that begin from now on.
    public void reload(ImapSettings changed) {
        settings = changed;
        perUser.limit(changed.mostSessionsPerUser());
        desk.atOnce(changed.convert().atOnce());
    }

    @Override
    public void handle(Connection connection) {
        Event session = events.with("session", connection.id());
        ImapSession first = new ImapSession(this, new Dialogue(this, connection, settings, session));
        first.greet();
        boolean startsOver = first.run();
        while (startsOver) {
            // UNAUTHENTICATE: nothing of the session before is left, because this is another. RFC 8437 3
            startsOver = new ImapSession(this, new Dialogue(this, connection, settings, session)).run();
        }
    }

    @Override
    public void refuse(Connection connection, Refusal why) {
        ResponseWriter out = new ResponseWriter(connection.out());
        try {
            out.bye(
                    ResponseCode.Plain.UNAVAILABLE,
                    switch (why) {
                        case SERVER_FULL -> "too many connections, try again later";
                        case ADDRESS_FULL -> "too many connections from your address";
                    });
            out.flush();
        } catch (IOException e) {
            events.debug("imap.refusal-unsent", "the refused client did not listen", "session", connection.id());
        }
    }

    Authenticator door() {
        return door;
    }

    Storage storage() {
        return storage;
    }

    Optional<TlsContext> tls() {
        return tls.get();
    }

    InstantSource clock() {
        return clock;
    }

    /// What SORT and THREAD remember of large mailboxes.
    ColumnCache columns() {
        return columns;
    }

    /// Where parts are converted for CONVERT.
    ConversionDesk desk() {
        return desk;
    }

    /// Sieve for stored messages, when there is Sieve.
    Optional<Refilter> refilter() {
        return refilter;
    }

    MessageEvents messageEvents() {
        return messageEvents;
    }

    Tickers tickers() {
        return tickers;
    }

    UrlKeys urlKeys() {
        return urlKeys;
    }

    KeyedPermits<String> perUser() {
        return perUser;
    }
}
