package palomar.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import palomar.auth.AuthRequest;
import palomar.auth.AuthResult;
import palomar.auth.Authenticator;
import palomar.auth.ClientAddress;
import palomar.auth.ScramSalt;
import palomar.auth.UserRecord;
import palomar.auth.fixed.DemoAuthenticator;
import palomar.event.Event;
import palomar.managesieve.ManageSieveService;
import palomar.managesieve.ManageSieveSettings;
import palomar.managesieve.proto.Limits;
import palomar.net.Cidr;
import palomar.net.Endpoint;
import palomar.net.Listener;
import palomar.net.ListenerSettings;
import palomar.net.Network;
import palomar.net.TlsContext;
import palomar.password.ScramHash;
import palomar.scripts.ScriptStore;

/// A whole ManageSieve server on a loopback port of the system's choice, with the users `anna` and `bob`, whose
/// password is `secret`. `locked` may not enter, and for `away` the database is away. Time stands still.
///
/// Settings: `hasty N`: each look at the clock finds it N seconds later; `remote`: clients seem to come from
/// another machine, where passwords need TLS; `tls`: STARTTLS is offered; `sessions N`: of one user at once;
/// `largest N`: bytes of a script that is read; `lists SCHEME`; `no-unauthenticate`; `referral`, `sieve_referral`:
/// the users' userdb fields; `scram`: SCRAM with the password `demo` and a nonce that is known.
final class ManageSieveServer implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final Network network;
    private final Listener listener;
    private final boolean remote;

    /// @param home below it users have their homes
    ManageSieveServer(ScriptStore scripts, String home, List<String> settings) throws IOException {
        this.network = new Network(InstantSource.system(), Event.SILENT);
        this.remote = settings.contains("remote");
        Optional<TlsContext> tls = settings.contains("tls") ? Optional.of(TestCertificate.context()) : Optional.empty();
        ManageSieveService service = new ManageSieveService(
                sieveSettings(settings),
                new Users(home, fields(settings), settings.contains("scram")),
                scripts,
                new LineCheck(values(settings, "lists")),
                () -> tls,
                clock(settings),
                Event.SILENT);
        Endpoint endpoint = new Endpoint.Tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ListenerSettings usual = ListenerSettings.of("managesieve", endpoint, false);
        List<Cidr> proxies = remote ? List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1/128")) : List.of();
        this.listener = network.listen(
                new ListenerSettings(
                        "managesieve", endpoint, false, usual.mostConnections(), usual.mostPerAddress(), proxies),
                null,
                service);
    }

    private static List<String> values(List<String> settings, String name) {
        List<String> values = new ArrayList<>();
        for (String setting : settings) {
            if (setting.startsWith(name + " ")) {
                values.add(setting.substring(name.length() + 1));
            }
        }
        return values;
    }

    private static int number(List<String> settings, String name, int otherwise) {
        return values(settings, name).stream()
                .map(Integer::parseInt)
                .findFirst()
                .orElse(otherwise);
    }

    private static InstantSource clock(List<String> settings) {
        int step = number(settings, "hasty", 0);
        AtomicLong looks = new AtomicLong();
        return () -> NOW.plusSeconds(looks.getAndIncrement() * step);
    }

    private static ManageSieveSettings sieveSettings(List<String> settings) {
        ManageSieveSettings usual = ManageSieveSettings.DEFAULTS;
        return new ManageSieveSettings(
                "Palomar for tests",
                false,
                usual.mechanisms().withNonces(() -> TestServer.NONCE),
                usual.beforeLogin(),
                usual.betweenCommands(),
                3,
                number(settings, "sessions", 100),
                !settings.contains("no-unauthenticate"),
                usual.strangers(),
                Limits.AFTER_LOGIN.withScript(number(settings, "largest", 1 << 20)));
    }

    private static Map<String, String> fields(List<String> settings) {
        Map<String, String> fields = new HashMap<>();
        for (String name : List.of("referral", "sieve_referral")) {
            values(settings, name).forEach(value -> fields.put(name, value));
        }
        return fields;
    }

    int port() {
        return ((Endpoint.Tcp) listener.endpoint()).address().getPort();
    }

    boolean remote() {
        return remote;
    }

    @Override
    public void close() {
        try {
            network.stop(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Users(String homes, Map<String, String> fields, boolean secrets) implements Authenticator {
        private static final Authenticator DEMO = new DemoAuthenticator();

        @Override
        public AuthResult authenticate(AuthRequest request) {
            if (!request.service().equals("sieve")) {
                return new AuthResult.Denied("the service is " + request.service());
            }
            boolean right = request.proof().isPresent()
                    ? DEMO.authenticate(request) instanceof AuthResult.Success
                    : new String(request.password(), StandardCharsets.UTF_8).equals("secret");
            return switch (request.authcid()) {
                case "anna", "bob" ->
                    right ? new AuthResult.Success(user(request.authcid())) : new AuthResult.Denied("wrong password");
                case "locked" -> new AuthResult.Refused("this account is locked");
                case "away" -> new AuthResult.Unavailable("the database is away");
                default -> new AuthResult.Denied("unknown");
            };
        }

        @Override
        public Set<ScramHash> scram() {
            return secrets ? DEMO.scram() : Set.of();
        }

        @Override
        public ScramSalt salt(ScramHash hash, ClientAddress client, String authcid) {
            return DEMO.salt(hash, client, authcid);
        }

        private UserRecord user(String name) {
            Map<String, String> all = new HashMap<>(fields);
            all.put("home", homes + "/" + name);
            return new UserRecord(name, all);
        }

        @Override
        public Optional<UserRecord> lookup(String service, String user) {
            return Optional.empty();
        }
    }
}
