package palomar.submission;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import palomar.auth.AuthRequest;
import palomar.auth.AuthResult;
import palomar.auth.Authenticator;
import palomar.auth.UserRecord;
import palomar.event.Event;
import palomar.net.Endpoint;
import palomar.net.Listener;
import palomar.net.ListenerSettings;
import palomar.net.Network;
import palomar.net.TlsContext;
import palomar.sasl.Mechanisms;
import palomar.smtp.client.PhaseLimits;
import palomar.smtp.client.Relay;
import palomar.smtp.client.RelaySettings;
import palomar.testkit.ScriptedSmtp;
import palomar.testkit.Seeds;
import palomar.testkit.TestCertificate;
import palomar.testkit.WireClient;

/// Submission on a port of the loopback in front of a scripted relay. The users are anna and bob, with the
/// password
/// `se cret`; anna may send as info@example.org, too.
final class SubmissionServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    /// What a usual relay says at first; its EHLO is asked for by the client's.
    static final String HELLO = """
            S: 220 mx
            C: EHLO mail.example.org
            S: 250-mx
            S: 250-PIPELINING
            S: 250-SIZE 1000000
            S: 250-8BITMIME
            S: 250-DSN
            S: 250 SMTPUTF8
            """;

    private final Network network = new Network(Clock.systemUTC(), Event.SILENT);
    private final Listener listener;
    private final WayOut way;
    private final SubmissionService service;

    private record Users() implements Authenticator {
        @Override
        public AuthResult authenticate(AuthRequest request) {
            boolean right = new String(request.password(), StandardCharsets.UTF_8).equals("se cret");
            if (request.authcid().equals("away")) {
                return new AuthResult.Unavailable("the database is away");
            }
            return lookup(request.service(), request.authcid())
                    .filter(_ -> right)
                    .<AuthResult>map(AuthResult.Success::new)
                    .orElse(new AuthResult.Denied("wrong"));
        }

        @Override
        public Optional<UserRecord> lookup(String service, String user) {
            return switch (user) {
                case "anna" -> Optional.of(new UserRecord("anna", Map.of("sender", "info@example.org")));
                case "bob" -> Optional.of(new UserRecord("bob", Map.of()));
                default -> Optional.empty();
            };
        }
    }

    static SubmissionSettings usual() {
        return new SubmissionSettings(
                "mail.example.org",
                false,
                Mechanisms.STANDARD,
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                3,
                10,
                64 * 1024,
                5,
                3,
                Optional.empty(),
                Optional.empty(),
                true,
                List.of("example.org"),
                "+",
                true,
                false);
    }

    /// With VRFY.
    static SubmissionSettings verifying() {
        SubmissionSettings usual = usual();
        return new SubmissionSettings(
                usual.host(),
                usual.plaintext(),
                usual.mechanisms(),
                usual.beforeLogin(),
                usual.idle(),
                usual.mostLoginFailures(),
                usual.mostSessionsPerUser(),
                usual.mostBytes(),
                usual.mostRecipients(),
                usual.mostAtOnce(),
                usual.messagesPerHour(),
                usual.recipientsPerHour(),
                usual.ownSenders(),
                usual.domains(),
                usual.detailSeparator(),
                usual.removesBcc(),
                true);
    }

    SubmissionServer(ScriptedSmtp relay) throws IOException {
        this(usual(), relay, settings -> settings);
    }

    SubmissionServer(SubmissionSettings settings, ScriptedSmtp relay, UnaryOperator<RelaySettings> with)
            throws IOException {
        this(settings, way(relay, with));
    }

    SubmissionServer(SubmissionSettings settings, WayOut way) throws IOException {
        this.way = way;
        Optional<TlsContext> tls = Optional.of(TestCertificate.context());
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        service = new SubmissionService(
                settings, way, new Users(), () -> tls, clock, Seeds.random("submission"), Event.SILENT);
        Endpoint endpoint = new Endpoint.Tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener = network.listen(ListenerSettings.of("submission", endpoint, false), null, service);
    }

    static RelayWay way(ScriptedSmtp relay, UnaryOperator<RelaySettings> with) throws IOException {
        return way(relay.port(), with);
    }

    static RelayWay way(int port, UnaryOperator<RelaySettings> with) throws IOException {
        RelaySettings usual = RelaySettings.of("127.0.0.1", port, "mail.example.org");
        RelaySettings quick = new RelaySettings(
                usual.host(),
                usual.port(),
                usual.protocol(),
                usual.tls(),
                usual.verify(),
                usual.ca(),
                usual.login(),
                usual.helo(),
                PhaseLimits.all(Duration.ofSeconds(20)),
                1,
                100);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new RelayWay(Relay.pool(with.apply(quick), clock, Event.SILENT), Duration.ZERO, clock, Event.SILENT);
    }

    static RelaySettings lmtp(RelaySettings smtp) {
        return new RelaySettings(
                smtp.host(),
                smtp.port(),
                RelaySettings.Protocol.LMTP,
                smtp.tls(),
                smtp.verify(),
                smtp.ca(),
                smtp.login(),
                smtp.helo(),
                smtp.limits(),
                smtp.connections(),
                smtp.mostRecipients());
    }

    SubmissionService service() {
        return service;
    }

    WireClient connect() throws IOException {
        WireClient client = WireClient.connect(((Endpoint.Tcp) listener.endpoint()).address());
        client.expect("220 mail.example.org ESMTP");
        return client;
    }

    /// Greets; returns the lines of the answer.
    static List<String> hello(WireClient client) throws IOException {
        client.line("EHLO client.example");
        List<String> lines = new ArrayList<>();
        String line = client.readLine();
        while (line.startsWith("250-")) {
            lines.add(line.substring(4));
            line = client.readLine();
        }
        lines.add(line.substring(4));
        return lines;
    }

    static String plain(String user, String password) {
        return Base64.getEncoder().encodeToString(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
    }

    WireClient login(String user) throws IOException {
        WireClient client = connect();
        hello(client);
        client.line("AUTH PLAIN " + plain(user, "se cret"));
        client.expect("235 2.7.0");
        return client;
    }

    /// Ends all sessions and the connections to the relay.
    void stop() {
        try {
            network.stop(Duration.ofSeconds(5));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        way.close();
    }

    @Override
    public void close() {
        stop();
    }
}
