package palomar.managesieve;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import palomar.auth.Authenticator;
import palomar.event.Event;
import palomar.managesieve.proto.ResponseCode;
import palomar.managesieve.proto.ResponseWriter;
import palomar.net.Connection;
import palomar.net.ConnectionHandler;
import palomar.net.KeyedPermits;
import palomar.net.TlsContext;
import palomar.scripts.ScriptStore;

/// ManageSieve for a listener: runs a session for each connection. Safe for many threads.
///
/// New settings and certificates count for new connections; STARTTLS takes the newest certificate.
public final class ManageSieveService implements ConnectionHandler {
    private final Authenticator door;
    private final ScriptStore scripts;
    private final Supplier<Optional<TlsContext>> tls;
    private final InstantSource clock;
    private final Event events;
    private final KeyedPermits<String> perUser;
    private volatile Rules rules;

    /// What holds for a session from its begin to its end: capabilities may not change meanwhile. RFC 5804 1.7
    record Rules(ManageSieveSettings settings, ScriptCheck check) {}

    /// @param tls for STARTTLS, asked each time; empty: not offered
    public ManageSieveService(
            ManageSieveSettings settings,
            Authenticator door,
            ScriptStore scripts,
            ScriptCheck check,
            Supplier<Optional<TlsContext>> tls,
            InstantSource clock,
            Event events) {
        this.rules = new Rules(settings, check);
        this.door = door;
        this.scripts = scripts;
        this.tls = tls;
        this.clock = clock;
        this.events = events;
        this.perUser = new KeyedPermits<>(settings.mostSessionsPerUser());
    }

    /// For sessions that begin from now on.
    public void reload(ManageSieveSettings changed, ScriptCheck check) {
        rules = new Rules(changed, check);
        perUser.limit(changed.mostSessionsPerUser());
    }

    @Override
    public void handle(Connection connection) {
        Event session = events.with("session", connection.id());
        Rules now = rules;
        boolean startsOver = new ManageSieveSession(this, connection, now, session).run(true);
        while (startsOver) {
            // UNAUTHENTICATE: nothing of the session before is left, because this is another. RFC 5804 2.14.1
            startsOver = new ManageSieveSession(this, connection, now, session).run(false);
        }
    }

    @Override
    public void refuse(Connection connection, Refusal why) {
        ResponseWriter out = new ResponseWriter(connection.out());
        try {
            out.bye(
                    ResponseCode.Plain.TRYLATER,
                    switch (why) {
                        case SERVER_FULL -> "too many connections, try again later";
                        case ADDRESS_FULL -> "too many connections from your address";
                    });
            out.flush();
        } catch (IOException e) {
            events.debug("managesieve.refusal-unsent", "the refused client did not listen", "session", connection.id());
        }
    }

    Authenticator door() {
        return door;
    }

    ScriptStore scripts() {
        return scripts;
    }

    Optional<TlsContext> tls() {
        return tls.get();
    }

    InstantSource clock() {
        return clock;
    }

    KeyedPermits<String> perUser() {
        return perUser;
    }
}
