package palomar.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.net.SelfSigned;
import palomar.net.TlsSettings;
import palomar.smtp.client.RelaySettings.Tls;
import palomar.smtp.client.RelaySettings.Verify;
import palomar.smtp.proto.SmtpPath;
import palomar.testkit.ManualClock;
import palomar.testkit.ScriptedSmtp;

/// TLS with the relay: when, and with whom.
@Timeout(60)
class RelayTlsTest {
    private static final String OFFER = "S: 220 mx\nC: EHLO me\nS: 250-mx\nS: 250 STARTTLS\n";
    private static final String BEGIN = OFFER + "C: STARTTLS\nS: 220 go\nTLS\nC: EHLO me\n";
    private static final String PLAIN = "S: 250 mx\nC: MAIL *\nS: 550 no\nC: QUIT\nS: 221";
    private static final String REQUIRED =
            "S: 250-mx\nS: 250 REQUIRETLS\nC: MAIL FROM:<ann@a.example> REQUIRETLS\nS: 550 no\nC: QUIT\nS: 221";

    @TempDir
    private Path folder;

    private @Nullable SSLContext server;
    private Path chain = Path.of("unset");
    private final List<String> complaints = new ArrayList<>();

    @BeforeEach
    void makeCertificate() throws Exception {
        TlsSettings.Certificate made = SelfSigned.create(folder, List.of("localhost"), InstantSource.system())
                .certificates()
                .getFirst();
        chain = made.chain();
        String pem = Files.readString(made.key());
        String key = pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
        PrivateKey privateKey = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(chain)) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            store.setKeyEntry("k", privateKey, new char[0], new Certificate[] {certificate});
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = context;
    }

    private RelaySettings settings(ScriptedSmtp relay, String host, Tls tls, Verify verify, boolean ownCa) {
        RelaySettings usual = RelaySettings.of(host, relay.port(), "me");
        return new RelaySettings(
                host,
                relay.port(),
                usual.protocol(),
                tls,
                verify,
                ownCa ? Optional.of(chain) : Optional.empty(),
                Optional.empty(),
                "me",
                usual.limits(),
                1,
                100);
    }

    private Delivery deliver(RelaySettings settings, boolean requireTls) throws IOException {
        Envelope usual = Envelope.of(
                SmtpPath.parse("ann@a.example").orElseThrow(),
                SmtpPath.parse("bob@b.example").orElseThrow());
        EnvelopeOptions options = new EnvelopeOptions(Optional.empty(), Optional.empty(), Optional.empty(), requireTls);
        Event event = Event.root(new Event.Sink() {
            @Override
            public boolean wants(Event.Level level, String name) {
                return true;
            }

            @Override
            public void accept(
                    Event.Level level, String name, List<Object> fields, String text, @Nullable Throwable cause) {
                complaints.add(name);
            }
        });
        try (Relay relay = Relay.of(settings, new ManualClock(), event)) {
            return relay.deliver(
                    new Envelope(usual.sender(), usual.recipients(), options),
                    OutgoingContent.of(ByteSource.of("a: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII))));
        }
    }

    private static String trouble(Delivery delivery) {
        return delivery.trouble().map(Object::toString).orElse("none");
    }

    @Test
    void aCertificateOfOurAuthorityForTheRightNameIsTrusted() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(server, BEGIN + PLAIN, BEGIN + REQUIRED)) {
            assertThat(trouble(deliver(settings(relay, "localhost", Tls.REQUIRED, Verify.FULL, true), false)))
                    .isEqualTo("none");
            assertThat(trouble(deliver(settings(relay, "localhost", Tls.STARTTLS, Verify.FULL, true), true)))
                    .isEqualTo("none");
            assertThat(relay.wrong()).isEmpty();
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void anUnknownAuthorityGetsNothing() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(server, BEGIN)) {
            assertThat(trouble(deliver(settings(relay, "localhost", Tls.STARTTLS, Verify.FULL, false), false)))
                    .contains("4.7.5")
                    .contains("no TLS with the relay");
        }
    }

    @Test
    void aCertificateForAnotherNameGetsNothing() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path named = SelfSigned.create(other, List.of("else.example"), InstantSource.system())
                .certificates()
                .getFirst()
                .chain();
        assertThat(named).exists();
        try (ScriptedSmtp relay = new ScriptedSmtp(server, BEGIN)) {
            // The same server by an address that its certificate does not name.
            assertThat(trouble(deliver(settings(relay, "127.0.0.2", Tls.REQUIRED, Verify.FULL, true), false)))
                    .contains("4.");
        }
    }

    @Test
    void withoutVerificationMailGoesAndTheLogSaysWhatIsWrong() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(server, BEGIN + PLAIN, BEGIN + PLAIN)) {
            assertThat(trouble(deliver(settings(relay, "localhost", Tls.STARTTLS, Verify.OPPORTUNISTIC, false), false)))
                    .isEqualTo("none");
            assertThat(complaints).containsExactly("relay.certificate");
            assertThat(trouble(deliver(settings(relay, "localhost", Tls.STARTTLS, Verify.NONE, false), false)))
                    .isEqualTo("none");
            assertThat(complaints).hasSize(1);
            assertThat(relay.wrong()).isEmpty();
        }
    }

    @Test
    void requiredTlsThatIsNotOfferedSendsNothing() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(server, "S: 220 mx\nC: EHLO me\nS: 250 mx")) {
            assertThat(trouble(deliver(settings(relay, "localhost", Tls.REQUIRED, Verify.NONE, false), false)))
                    .contains("offers no STARTTLS");
        }
    }

    @Test
    void offeredTlsIsUsedAndItsAbsenceAccepted() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(server, "S: 220 mx\nC: EHLO me\n" + PLAIN)) {
            assertThat(trouble(deliver(settings(relay, "localhost", Tls.STARTTLS, Verify.FULL, true), false)))
                    .isEqualTo("none");
            assertThat(relay.wrong()).isEmpty();
        }
    }

    @Test
    void implicitTlsComesBeforeTheGreeting() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(server, "TLS\nS: 220 mx\nC: EHLO me\n" + PLAIN)) {
            assertThat(trouble(deliver(settings(relay, "localhost", Tls.IMPLICIT, Verify.FULL, true), false)))
                    .isEqualTo("none");
            assertThat(relay.wrong()).isEmpty();
        }
    }

    @Test
    void whatIsSentAheadOfTheHandshakeIsForgotten() throws Exception {
        String injected = OFFER + "C: STARTTLS\nS: 220 go\r\n250 injected\nTLS\nC: EHLO me\n" + PLAIN;
        try (ScriptedSmtp relay = new ScriptedSmtp(server, injected)) {
            deliver(settings(relay, "localhost", Tls.REQUIRED, Verify.FULL, true), false);
            assertThat(relay.messages()).isEmpty();
        }
    }

    @Test
    void aPasswordIsNotSentInPlainToAnotherMachine() throws Exception {
        assertThat(ClientMechanism.all(new RelaySettings.Login("a", "b")).stream()
                        .filter(mechanism -> !mechanism.showsPassword())
                        .map(ClientMechanism::name))
                .containsExactly("CRAM-MD5");
    }
}
