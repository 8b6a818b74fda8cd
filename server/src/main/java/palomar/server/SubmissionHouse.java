package palomar.server;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import palomar.auth.Authenticator;
import palomar.config.LimitSettings;
import palomar.config.PalomarSettings;
import palomar.config.SubmissionSection;
import palomar.event.Event;
import palomar.net.TlsContexts;
import palomar.smtp.client.Extensions;
import palomar.smtp.client.Relay;
import palomar.smtp.client.RelaySettings;
import palomar.smtp.client.Transport;
import palomar.storage.Storage;
import palomar.submission.RelayWay;
import palomar.submission.StagedWay;
import palomar.submission.SubmissionService;
import palomar.submission.SubmissionSettings;
import palomar.submission.WayOut;

/// Submission, and the way out that it has to itself. Changed under the house's lock.
final class SubmissionHouse implements AutoCloseable {
    /// A demo's folder takes everything as it comes.
    private static final Extensions FOLDER = new Extensions(
            Map.of("8BITMIME", List.of(), "SMTPUTF8", List.of(), "BINARYMIME", List.of(), "CHUNKING", List.of()));

    private static final Extensions COMMAND = new Extensions(Map.of("8BITMIME", List.of()));

    private final Storage storage;
    private final Clock clock;
    private final Event event;
    private final SubmissionService service;
    private WayOut way;

    SubmissionHouse(Plan plan, Authenticator door, Storage storage, TlsContexts tls, Clock clock, Event event)
            throws IOException {
        this.storage = storage;
        this.clock = clock;
        this.event = event;
        this.way = open(plan);
        this.service = new SubmissionService(
                settings(plan.settings()),
                way,
                door,
                () -> Optional.of(tls.current()),
                clock,
                new SecureRandom(),
                event);
    }

    SubmissionService service() {
        return service;
    }

    private WayOut open(Plan plan) throws IOException {
        Optional<RelaySettings> server = Relays.forSubmission(plan);
        if (server.isPresent()) {
            return new RelayWay(
                    Relay.pool(server.get(), clock, event),
                    plan.settings().submission().relayWait(),
                    clock,
                    event);
        }
        Transport transport = Relays.transport(plan, clock, event);
        return new StagedWay(transport, storage::stage, plan.demo() ? FOLDER : COMMAND);
    }

    /// Throws IOException, fit for the operator, and changes nothing, when the relay can't be what the settings
    /// say. Messages under way end over the connections that they have.
    void become(Plan plan) throws IOException {
        WayOut next = open(plan);
        WayOut old = way;
        way = next;
        service.reload(settings(plan.settings()), way);
        old.close();
    }

    private static SubmissionSettings settings(PalomarSettings settings) {
        SubmissionSection submission = settings.submission();
        LimitSettings limits = settings.limits();
        List<String> domains = submission.domains().isEmpty() ? List.of(HostName.of(settings)) : submission.domains();
        return new SubmissionSettings(
                HostName.of(settings),
                settings.auth().allowPlaintext(),
                Protocols.mechanisms(settings),
                limits.loginTimeout(),
                submission.timeout(),
                limits.loginFailures(),
                limits.sessionsPerUser(),
                submission.maxMessage().bytes(),
                submission.maxRecipients(),
                submission.messagesAtOnce(),
                submission.messagesPerHour(),
                submission.recipientsPerHour(),
                submission.senders() == SubmissionSection.Senders.OWN,
                domains.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList(),
                settings.lmtp().detailSeparator(),
                submission.removeBcc(),
                submission.vrfy());
    }

    @Override
    public void close() {
        way.close();
    }
}
