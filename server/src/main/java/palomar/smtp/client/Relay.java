package palomar.smtp.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import palomar.event.Event;
import palomar.smtp.proto.SmtpReply;

/// An SMTP or LMTP server that takes our mail, with a few connections that are kept for the next message. Safe for
/// many threads; a call waits for its turn when all connections are in use.
public final class Relay implements Transport {
    /// Idle ones are closed before a relay would mind.
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(20);

    /// Then a fresh one: whoever balances load behind one address wants to see us again.
    private static final int MOST_TRANSACTIONS = 100;

    private final RelaySettings settings;
    private final ClientTls tls;
    private final Watchdog watchdog = new Watchdog();
    private final InstantSource clock;
    private final Semaphore places;
    private final Deque<Idle> idle = new ArrayDeque<>(); // guarded by itself
    private boolean closed; // guarded by idle

    private record Idle(SmtpConnection connection, Instant since) {}

    private Relay(RelaySettings settings, ClientTls tls, InstantSource clock) {
        this.settings = settings;
        this.tls = tls;
        this.clock = clock;
        this.places = new Semaphore(settings.connections());
    }

    /// @throws IOException the file of authorities can't be used; the text is for the operator
    public static Relay of(RelaySettings settings, InstantSource clock, Event event) throws IOException {
        ClientTls tls = ClientTls.load(
                settings.verify(),
                settings.ca(),
                wrong -> event.warn(
                        "relay.certificate",
                        "the relay's certificate is not valid, mail goes out all the same (relay.verify)",
                        "relay",
                        settings.where(),
                        "cause",
                        wrong));
        return new Relay(settings, tls, clock);
    }

    @Override
    public Delivery deliver(Envelope envelope, OutgoingContent content) throws IOException {
        places.acquireUninterruptibly();
        try {
            return inParts(envelope, content);
        } finally {
            places.release();
        }
    }

    /// A relay takes only so many recipients at once.
    private Delivery inParts(Envelope envelope, OutgoingContent content) throws IOException {
        List<Fate> fates = new ArrayList<>();
        Optional<SmtpReply> trouble = Optional.empty();
        List<EnvelopeRecipient> all = envelope.recipients();
        for (int from = 0; from < all.size(); from += settings.mostRecipients()) {
            List<EnvelopeRecipient> some = all.subList(from, Math.min(all.size(), from + settings.mostRecipients()));
            if (trouble.isPresent()) {
                Fate later = new Fate.Temporary(trouble.get(), false);
                some.forEach(recipient -> fates.add(later));
                continue;
            }
            Delivery part = part(envelope.to(some), content);
            fates.addAll(part.fates());
            trouble = part.trouble();
        }
        return new Delivery(fates, trouble);
    }

    private Delivery part(Envelope envelope, OutgoingContent content) throws IOException {
        while (true) {
            Optional<SmtpConnection> kept = keptConnection();
            SmtpConnection connection = null;
            boolean keeping = false;
            try {
                connection = kept.isPresent() ? kept.get() : SmtpConnection.open(settings, tls, watchdog);
                List<Fate> fates = new RelayDelivery(connection, envelope, content).run(clock.instant());
                // What it said as it closed was about itself.
                Optional<SmtpReply> trouble = connection.usable() ? Optional.empty() : closing(fates);
                keeping = keep(connection);
                return new Delivery(fates, trouble);
            } catch (RelayTrouble trouble) {
                // A kept connection may have been closed meanwhile: that says nothing about the relay.
                boolean again = kept.isPresent() && !kept.get().contentBegun();
                if (!again) {
                    Fate later = new Fate.Temporary(trouble.reply(), false);
                    return new Delivery(
                            envelope.recipients().stream().map(_ -> later).toList(), Optional.of(trouble.reply()));
                }
            } finally {
                if (connection != null && !keeping) {
                    connection.close();
                }
            }
        }
    }

    private static Optional<SmtpReply> closing(List<Fate> fates) {
        return fates.stream()
                .map(Fate::reply)
                .filter(reply -> reply.code() == 421)
                .findFirst();
    }

    private Optional<SmtpConnection> keptConnection() {
        tidy();
        synchronized (idle) {
            return Optional.ofNullable(idle.pollFirst()).map(Idle::connection);
        }
    }

    /// False when it is of no further use: the caller closes it.
    private boolean keep(SmtpConnection connection) {
        synchronized (idle) {
            boolean useful = connection.usable() && connection.transactions() < MOST_TRANSACTIONS && !closed;
            if (useful) {
                idle.addFirst(new Idle(connection, clock.instant()));
            }
            return useful;
        }
    }

    @Override
    public String probe() throws RelayTrouble {
        SmtpConnection connection = SmtpConnection.open(settings, tls, watchdog);
        String security = connection.trusted() ? ", TLS verified" : connection.secured() ? ", TLS" : ", no TLS";
        String login = settings.login().map(user -> ", logged in as " + user).orElse("");
        connection.quit();
        return where() + " answers" + security + login;
    }

    @Override
    public String where() {
        return settings.where();
    }

    @Override
    public int width() {
        return settings.connections();
    }

    @Override
    public void tidy() {
        Instant oldest = clock.instant().minus(LONGEST_IDLE);
        List<SmtpConnection> old = new ArrayList<>();
        synchronized (idle) {
            while (!idle.isEmpty() && (closed || idle.getLast().since().isBefore(oldest))) {
                old.add(idle.removeLast().connection());
            }
        }
        old.forEach(SmtpConnection::quit);
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
        }
        tidy();
        watchdog.close();
    }
}
