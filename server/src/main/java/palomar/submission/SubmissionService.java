package palomar.submission;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import palomar.auth.Authenticator;
import palomar.event.Event;
import palomar.net.ClientGone;
import palomar.net.Connection;
import palomar.net.ConnectionHandler;
import palomar.net.KeyedPermits;
import palomar.net.TlsContext;
import palomar.smtp.proto.SmtpReply;

/// Submission for a listener: runs a session for each connection. Safe for many threads.
public final class SubmissionService implements ConnectionHandler {
    private final Authenticator door;
    private final Supplier<Optional<TlsContext>> tls;
    private final Clock clock;
    private final Event events;
    private final KeyedPermits<String> perUser;
    private final KeyedPermits<String> underWay;
    private final HourlyLimits limits;
    private final RandomGenerator random;
    private volatile Rules rules;

    /// What holds for a session from its begin to its end.
    record Rules(SubmissionSettings settings, WayOut way) {}

    /// @param way not closed with this
    /// @param tls for STARTTLS, asked each time; empty: not offered
    /// @param random safe for many threads
    public SubmissionService(
            SubmissionSettings settings,
            WayOut way,
            Authenticator door,
            Supplier<Optional<TlsContext>> tls,
            Clock clock,
            RandomGenerator random,
            Event events) {
        this.rules = new Rules(settings, way);
        this.door = door;
        this.tls = tls;
        this.clock = clock;
        this.random = random;
        this.events = events;
        this.perUser = new KeyedPermits<>(settings.mostSessionsPerUser());
        this.underWay = new KeyedPermits<>(settings.mostAtOnce());
        this.limits = new HourlyLimits(clock);
    }

    /// The settings are for sessions that begin from now on; the way is for all messages that do.
    public void reload(SubmissionSettings changed, WayOut way) {
        rules = new Rules(changed, way);
        perUser.limit(changed.mostSessionsPerUser());
        underWay.limit(changed.mostAtOnce());
    }

    @Override
    public void handle(Connection connection) {
        new SubmissionSession(this, rules.settings(), connection, events.with("session", connection.id())).run();
    }

    @Override
    public void refuse(Connection connection, Refusal why) {
        String text = switch (why) {
            case SERVER_FULL -> "too many connections";
            case ADDRESS_FULL -> "too many connections from your address";
        };
        try {
            SmtpReply.of(421, "4.3.2", rules.settings().host() + " " + text).writeTo(connection.out());
            connection.out().flush();
        } catch (IOException e) {
            throw new ClientGone(ClientGone.Reason.RESET, String.valueOf(e.getMessage()));
        }
    }

    WayOut way() {
        return rules.way();
    }

    Authenticator door() {
        return door;
    }

    Optional<TlsContext> tls() {
        return tls.get();
    }

    Clock clock() {
        return clock;
    }

    KeyedPermits<String> perUser() {
        return perUser;
    }

    /// The left side of a Message-ID.
    String freshId() {
        return Long.toUnsignedString(clock.millis(), 36) + "." + Long.toUnsignedString(random.nextLong(), 36);
    }

    /// Messages of one user, each of which holds a connection to the relay: nobody shall have them all.
    KeyedPermits<String> underWay() {
        return underWay;
    }

    HourlyLimits limits() {
        return limits;
    }
}
