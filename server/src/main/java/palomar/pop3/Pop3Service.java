package palomar.pop3;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import palomar.auth.Authenticator;
import palomar.event.Event;
import palomar.net.Connection;
import palomar.net.ConnectionHandler;
import palomar.net.KeyedPermits;
import palomar.net.TlsContext;
import palomar.storage.Storage;

/// POP3 for a listener: runs a session for each connection. Safe for many threads.
public final class Pop3Service implements ConnectionHandler {
    private final Authenticator door;
    private final Storage storage;
    private final Supplier<Optional<TlsContext>> tls;
    private final InstantSource clock;
    private final LoginDelay delay;
    private final Event events;
    private final KeyedPermits<String> perUser;
    private volatile Pop3Settings settings;

    /// @param tls for STLS, asked each time; empty: not offered
    public Pop3Service(
            Pop3Settings settings,
            Authenticator door,
            Storage storage,
            Supplier<Optional<TlsContext>> tls,
            InstantSource clock,
            Event events) {
        this.settings = settings;
        this.door = door;
        this.storage = storage;
        this.tls = tls;
        this.clock = clock;
        this.delay = new LoginDelay(clock);
        this.events = events;
        this.perUser = new KeyedPermits<>(settings.mostSessionsPerUser());
    }

    /// For sessions that begin from now on.
    public void reload(Pop3Settings changed) {
        settings = changed;
        perUser.limit(changed.mostSessionsPerUser());
    }

    @Override
    public void handle(Connection connection) {
        new Pop3Session(this, settings, connection, events.with("session", connection.id())).run();
    }

    @Override
    public void refuse(Connection connection, Refusal why) {
        try {
            connection
                    .out()
                    .ascii(
                            switch (why) {
                                case SERVER_FULL -> "-ERR [SYS/TEMP] too many connections, try again later\r\n";
                                case ADDRESS_FULL -> "-ERR [SYS/TEMP] too many connections from your address\r\n";
                            });
            connection.out().flush();
        } catch (IOException e) {
            events.debug("pop3.refusal-unsent", "the refused client did not listen", "session", connection.id());
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

    LoginDelay delay() {
        return delay;
    }

    KeyedPermits<String> perUser() {
        return perUser;
    }
}
