package palomar.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.testkit.WireClient;

class TlsTest {
    @TempDir
    Path folder;

    @Test
    void aCertificateOfOurOwnLastsTenYearsAndIsMadeOnce() throws Exception {
        Instant now = Instant.parse("2026-11-20T10:00:00Z");
        TlsSettings settings = SelfSigned.create(folder, List.of("mail.example.org"), InstantSource.fixed(now));
        TlsContext.Certificate made = TlsContext.load(settings).certificates().getFirst();
        assertThat(made.names()).contains("mail.example.org", "localhost", "127.0.0.1");
        assertThat(made.until()).isEqualTo(now.plus(Duration.ofDays(3650)));
        assertThat(made.from()).isBefore(now);
        assertThat(made.keyAlgorithm()).isEqualTo("EC");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.pem"))))
                .isEqualTo("rw-------");
        byte[] before = Files.readAllBytes(folder.resolve("cert.pem"));
        SelfSigned.create(folder, List.of(), InstantSource.fixed(now));
        assertThat(Files.readAllBytes(folder.resolve("cert.pem"))).isEqualTo(before);
    }

    @Test
    void keysOfEveryKindAreRead() throws Exception {
        for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
            KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            Path chain = certificate(algorithm, pair, List.of("localhost"));
            Path pkcs8 = pem(
                    algorithm + ".p8",
                    new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded()));
            assertThat(TlsContext.load(TlsSettings.of(chain, pkcs8)).certificates())
                    .hasSize(1);
            Path traditional = pem(algorithm + ".key", traditional(pair.getPrivate()));
            assertThat(TlsContext.load(TlsSettings.of(chain, traditional)).certificates())
                    .hasSize(1);
        }
    }

    /// As `openssl` writes it: `EC PRIVATE KEY` with its curve, `RSA PRIVATE KEY`.
    private static PemObject traditional(PrivateKey key) throws Exception {
        if (key instanceof java.security.interfaces.ECPrivateKey ec) {
            return new PemObject(
                    "EC PRIVATE KEY", new ECPrivateKey(384, ec.getS(), SECObjectIdentifiers.secp384r1).getEncoded());
        }
        return new JcaMiscPEMGenerator(key).generate();
    }

    @Test
    void filesThatCanNotBeUsedAreNamedWithTheReason() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        Path chain = certificate("a", pair, List.of("localhost"));
        Path key = pem("a.key", new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Path other = pem(
                "b.key",
                new PemObject(
                        "PRIVATE KEY",
                        KeyPairGenerator.getInstance("EC")
                                .generateKeyPair()
                                .getPrivate()
                                .getEncoded()));
        Path empty = Files.writeString(folder.resolve("empty"), "nothing");
        Path encrypted = pem("e.key", new PemObject("ENCRYPTED PRIVATE KEY", new byte[10]));
        Path damaged = pem("d.key", new PemObject("PRIVATE KEY", new byte[10]));
        refused(folder.resolve("absent"), key, "absent");
        refused(chain, folder.resolve("absent"), "absent");
        refused(empty, key, "empty holds no certificate");
        refused(chain, empty, "empty holds no private key");
        refused(chain, other, "does not belong");
        refused(chain, encrypted, "encrypted");
        refused(chain, damaged, "d.key");

        TlsContexts contexts = TlsContexts.load(TlsSettings.of(chain, key));
        TlsContext before = contexts.current();
        assertThatThrownBy(() -> contexts.reload(TlsSettings.of(chain, other)))
                .isInstanceOf(TlsSettingsException.class);
        assertThat(contexts.current()).isSameAs(before);
        contexts.reload();
        assertThat(contexts.current()).isNotSameAs(before);
    }

    private static void refused(Path chain, Path key, String why) {
        assertThatThrownBy(() -> TlsContext.load(TlsSettings.of(chain, key)))
                .isInstanceOf(TlsSettingsException.class)
                .hasMessageContaining(why);
    }

    @Test
    void theServerNameChoosesTheCertificate() throws Exception {
        TlsSettings settings = new TlsSettings(
                List.of(
                        pair("first", "RSA", "first.example"),
                        pair("wild", "EC", "*.example.org"),
                        pair("exact", "RSA", "mail.example.net")),
                TlsSettings.Version.TLS_1_2,
                List.of(),
                TlsSettings.ClientCertificates.NONE,
                Optional.empty());
        try (EchoServer server = new EchoServer(folder, UnaryOperator.identity())) {
            server.tls.reload(settings);
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                assertThat(subject(server, protocol, "imap.example.org")).isEqualTo("CN=wild");
                assertThat(subject(server, protocol, "mail.example.net")).isEqualTo("CN=exact");
                assertThat(subject(server, protocol, "first.example")).isEqualTo("CN=first");
                // Nobody's name: the first of the kind that the client likes best.
                assertThat(subject(server, protocol, "a.b.example.org")).isIn("CN=first", "CN=wild");
            }
        }
    }

    private static String subject(EchoServer server, String protocol, String name) throws Exception {
        try (WireClient client = WireClient.connect(server.address())) {
            client.expect("hello ");
            client.line("STARTTLS").expect("OK");
            client.startTls(name, protocol, new KeyManager[0]);
            client.line("FACTS");
            assertThat(client.readLine()).contains("true", protocol, name);
            return ((X509Certificate) client.session().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    @Test
    void channelBindingIsTheSameOnBothSides() throws Exception {
        List<byte[]> bindings = new ArrayList<>();
        try (EchoServer server = new EchoServer(folder, UnaryOperator.identity())) {
            ConnectionHandler handler = connection -> {
                bindings.add(connection.channelBinding().orElseThrow());
                EchoServer.say(connection, "ready");
                connection.awaitInput(EchoServer.IDLE);
            };
            ListenerSettings settings =
                    ListenerSettings.of("bind", new Endpoint.Tcp(new java.net.InetSocketAddress("127.0.0.1", 0)), true);
            Listener listener = server.network.listen(settings, server.tls, handler);
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                try (WireClient client = WireClient.connect(((Endpoint.Tcp) listener.endpoint()).address())) {
                    client.startTls("localhost", protocol, new KeyManager[0]);
                    client.expect("ready");
                    byte[] mine = ((ExtendedSSLSession) client.session())
                            .exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32);
                    assertThat(bindings.removeLast()).isEqualTo(mine);
                }
            }
        }
    }

    @Test
    void aClientCertificateNamesTheClient() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        Path authority = certificate("alice", pair, List.of("alice"));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "k",
                pair.getPrivate(),
                new char[0],
                PemFiles.certificates(authority).toArray(new X509Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        try (EchoServer server = new EchoServer(folder, UnaryOperator.identity())) {
            TlsSettings own = SelfSigned.create(folder, List.of(), InstantSource.system());
            for (var asked : List.of(TlsSettings.ClientCertificates.REQUEST, TlsSettings.ClientCertificates.REQUIRE)) {
                server.tls.reload(new TlsSettings(
                        own.certificates(), TlsSettings.Version.TLS_1_2, List.of(), asked, Optional.of(authority)));
                try (WireClient client = WireClient.connect(server.address())) {
                    client.expect("hello ");
                    client.line("STARTTLS").expect("OK");
                    client.startTls("localhost", "TLSv1.3", factory.getKeyManagers());
                    client.line("FACTS");
                    assertThat(client.readLine()).contains("clientName=Optional[alice]");
                }
            }
            try (WireClient without = WireClient.connect(server.address())) {
                without.expect("hello ");
                without.line("STARTTLS").expect("OK");
                assertThatThrownBy(() -> without.startTls().line("x").readLine())
                        .isInstanceOf(java.io.IOException.class);
            }
        }
    }

    @Test
    void sessionsAreResumedWithoutTheCertificate() throws Exception {
        try (EchoServer server = new EchoServer(folder, UnaryOperator.identity())) {
            SSLContext context = WireClient.context(new KeyManager[0]);
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                SSLParameters parameters = new SSLParameters();
                parameters.setProtocols(new String[] {protocol});
                long created = 0;
                for (int i = 0; i < 3; i++) {
                    try (WireClient client = WireClient.connect(server.address())) {
                        client.expect("hello ");
                        client.line("STARTTLS").expect("OK");
                        client.startTls(context, parameters).line("x").expect("x");
                        long now = client.session().getCreationTime();
                        assertThat(i == 0 || now == created)
                                .as(protocol + " resumed")
                                .isTrue();
                        created = now;
                    }
                }
            }
        }
    }

    @Test
    void keyUpdatesPassBetweenCommands() throws Exception {
        try (EchoServer server = new EchoServer(folder, UnaryOperator.identity());
                WireClient client = WireClient.connect(server.address())) {
            client.expect("hello ");
            client.line("STARTTLS").expect("OK");
            client.startTls();
            for (int i = 0; i < 20; i++) {
                client.renewKeys();
                client.line(i + "k".repeat(20_000)).expect(i + "k");
            }
        }
    }

    @Test
    void aStormOfKeyUpdatesEndsTheSession() throws Exception {
        try (EchoServer server = new EchoServer(folder, UnaryOperator.identity());
                WireClient client = WireClient.connect(server.address())) {
            client.expect("hello ");
            client.line("STARTTLS").expect("OK");
            client.startTls();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            client.renewKeys();
                        }
                        client.readLine();
                    })
                    .isInstanceOf(java.io.IOException.class);
            Waiting.until(() -> server.network.count() == 0);
            assertThat(server.gone.remove().reason()).isEqualTo(ClientGone.Reason.TLS);
        }
    }

    private TlsSettings.Certificate pair(String subject, String algorithm, String name) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        return new TlsSettings.Certificate(
                certificate(subject, pair, List.of(name)),
                pem(
                        subject + ".key",
                        new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded())));
    }

    private Path certificate(String subject, KeyPair pair, List<String> names) throws Exception {
        X500Name name = new X500Name("CN=" + subject);
        String signature = switch (pair.getPrivate().getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
        GeneralName[] alternatives =
                names.stream().map(n -> new GeneralName(GeneralName.dNSName, n)).toArray(GeneralName[]::new);
        var builder = new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(Instant.now().minusSeconds(3600)),
                        Date.from(Instant.now().plusSeconds(360_000)),
                        name,
                        pair.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives))
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        X509Certificate made = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())));
        return pem(subject + ".crt", new PemObject("CERTIFICATE", made.getEncoded()));
    }

    private Path pem(String file, PemObject object) throws Exception {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(object);
        }
        return Files.writeString(folder.resolve(file), text.toString());
    }
}
