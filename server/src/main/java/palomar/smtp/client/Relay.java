package palomar.smtp.client;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.event.Event;
import palomar.smtp.proto.SmtpReply;

/// An SMTP or LMTP server that takes our mail. Safe for many threads; a call waits for its turn when all
/// connections are in use.
public final class Relay implements Transport {
    /// Who waits for a connection waits for the messages of others, which end in time.
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final RelayPool pool;
    private final InstantSource clock;

    private Relay(RelayPool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /// @throws IOException the file of authorities can't be used; the text is for the operator
    public static Relay of(RelaySettings settings, InstantSource clock, Event event) throws IOException {
        return new Relay(pool(settings, clock, event), clock);
    }

    /// Connections to a relay for whoever speaks with it step by step.
    ///
    /// @throws IOException the file of authorities can't be used; the text is for the operator
    public static RelayPool pool(RelaySettings settings, InstantSource clock, Event event) throws IOException {
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
        return new RelayPool(settings, tls, clock);
    }

    /// A relay takes only so many recipients at once.
    @Override
    public Delivery deliver(Envelope envelope, OutgoingContent content) throws IOException {
        List<Fate> fates = new ArrayList<>();
        Optional<SmtpReply> trouble = Optional.empty();
        List<EnvelopeRecipient> all = envelope.recipients();
        int most = pool.settings().mostRecipients();
        for (int from = 0; from < all.size(); from += most) {
            List<EnvelopeRecipient> some = all.subList(from, Math.min(all.size(), from + most));
            if (trouble.isPresent()) {
                fates.addAll(later(some, trouble.get()));
                continue;
            }
            Delivery part = part(envelope.to(some), content);
            fates.addAll(part.fates());
            trouble = part.trouble();
        }
        return new Delivery(fates, trouble);
    }

    private static List<Fate> later(List<EnvelopeRecipient> recipients, SmtpReply why) {
        Fate later = new Fate.Temporary(why, false);
        return recipients.stream().map(_ -> later).toList();
    }

    private Delivery part(Envelope envelope, OutgoingContent content) throws IOException {
        while (true) {
            boolean again = false;
            try (RelayPool.Lease lease = pool.borrow(PATIENCE)) {
                SmtpConnection connection = lease.connection();
                boolean whole = false;
                try {
                    Delivery delivery = over(connection, envelope, content);
                    whole = true;
                    return delivery;
                } finally {
                    if (!whole) {
                        // A kept connection may have been closed meanwhile: that says nothing about the relay.
                        again = lease.used() && !connection.contentBegun();
                        connection.close();
                    }
                }
            } catch (RelayTrouble trouble) {
                if (!again) {
                    return new Delivery(later(envelope.recipients(), trouble.reply()), Optional.of(trouble.reply()));
                }
            }
        }
    }

    private Delivery over(SmtpConnection connection, Envelope envelope, OutgoingContent content) throws IOException {
        List<Fate> fates = new RelayDelivery(connection, envelope, content).run(clock.instant());
        // What it said as it closed was about itself.
        Optional<SmtpReply> trouble = connection.usable()
                ? Optional.empty()
                : fates.stream()
                        .map(Fate::reply)
                        .filter(reply -> reply.code() == 421)
                        .findFirst();
        return new Delivery(fates, trouble);
    }

    @Override
    public String probe() throws RelayTrouble {
        SmtpConnection connection = pool.fresh();
        String security = connection.trusted() ? ", TLS verified" : connection.secured() ? ", TLS" : ", no TLS";
        String login =
                pool.settings().login().map(user -> ", logged in as " + user).orElse("");
        connection.quit();
        return where() + " answers" + security + login;
    }

    @Override
    public String where() {
        return pool.settings().where();
    }

    @Override
    public int width() {
        return pool.settings().connections();
    }

    @Override
    public void tidy() {
        pool.tidy();
    }

    @Override
    public void close() {
        pool.close();
    }
}
