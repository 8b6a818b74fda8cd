package palomar.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import palomar.bytes.ByteSource;
import palomar.smtp.client.ClientTls;
import palomar.smtp.client.Delivery;
import palomar.smtp.client.Fate;
import palomar.smtp.client.OutgoingContent;
import palomar.smtp.client.RelaySettings;
import palomar.smtp.client.Webhook;

/// Requests to web servers, kind ones and others.
@Timeout(60)
class WebhookTransportTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final String BODY = "{\"version\":1,\"subject\":\"Grüße\"}";

    @TempDir
    private Path folder;

    private WebServer server;

    @BeforeEach
    void start() throws Exception {
        server = new WebServer(folder.resolve("server"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WebhookTransport transport(Duration patience, WebhookTransport.Resolver resolver) throws IOException {
        ClientTls tls = ClientTls.load(RelaySettings.Verify.FULL, Optional.of(server.authority()), complaint -> {});
        return new WebhookTransport(tls, patience, 2, resolver);
    }

    private static Fate post(WebhookTransport transport, String uri, boolean named) throws IOException {
        Webhook webhook = Webhook.of(uri, "bob", named).orElseThrow();
        Delivery delivery = transport.deliver(
                webhook.envelope(), OutgoingContent.of(ByteSource.of(BODY.getBytes(StandardCharsets.UTF_8))));
        assertThat(delivery.trouble())
                .as("one server's trouble is not that of others")
                .isEmpty();
        assertThat(delivery.fates()).hasSize(1);
        return delivery.fates().getFirst();
    }

    private Fate post(String uri, boolean named) throws IOException {
        try (WebhookTransport transport = transport(LONG, InetAddress::getAllByName)) {
            return post(transport, uri, named);
        }
    }

    private String here(String rest) {
        return "https://localhost:" + server.port() + rest;
    }

    @Test
    void aNotificationIsPostedAsItIs() throws IOException {
        assertThat(post(here("/hook/%C3%A9?key=a%20b#part"), true)).isInstanceOf(Fate.Accepted.class);
        assertThat(post(here(""), true)).isInstanceOf(Fate.Accepted.class);
        String host = "localhost:" + server.port();
        assertThat(server.requests())
                .containsExactly(
                        new WebServer.Request("POST", "/hook/%C3%A9?key=a%20b", "application/json", host, BODY),
                        new WebServer.Request("POST", "/", "application/json", host, BODY));
    }

    @ParameterizedTest
    @CsvSource({
        "200, Accepted", "201, Accepted", "204, Accepted", "299, Accepted", "301, Permanent", "302, Permanent",
        "307, Permanent", "400, Permanent", "401, Permanent", "404, Permanent", "408, Temporary", "410, Permanent",
        "429, Temporary", "500, Temporary", "503, Temporary", "599, Temporary"
    })
    void theStatusDecides(int status, String fate) throws IOException {
        server.answer(status);
        assertThat(post(here("/"), true).getClass().getSimpleName()).isEqualTo(fate);
        assertThat(server.requests()).as("redirects are not followed").hasSize(1);
    }

    @Test
    void aNameThatLeadsIntoAPrivateNetworkIsRefusedUnlessTheOperatorNamedIt() throws IOException {
        Fate fate = post(here("/"), false);
        assertThat(fate).isInstanceOf(Fate.Permanent.class);
        assertThat(fate.reply().toString())
                .contains("localhost is in a private network")
                .doesNotContain("127.0.0.1");
        assertThat(post("https://127.0.0.1:" + server.port() + "/", false)).isInstanceOf(Fate.Permanent.class);
        assertThat(post("https://[::1]:" + server.port() + "/", false)).isInstanceOf(Fate.Permanent.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aNameIsLookedUpOnceSoThatItCanNotChangeAfterTheCheck() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        InetAddress[] inside = {InetAddress.getLoopbackAddress()};
        InetAddress[] outside = {InetAddress.getByName("192.0.2.1"), InetAddress.getByName("10.0.0.1")};
        try (WebhookTransport transport = transport(LONG, host -> asked.getAndIncrement() == 0 ? outside : inside)) {
            assertThat(post(transport, here("/"), false)).isInstanceOf(Fate.Permanent.class);
        }
        assertThat(asked).hasValue(1);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aServerThatIsNotWhoItShouldBeGetsNothing() throws IOException {
        try (WebhookTransport transport =
                transport(LONG, host -> new InetAddress[] {InetAddress.getLoopbackAddress()})) {
            assertThat(post(transport, "https://hooks.example:" + server.port() + "/", true))
                    .isInstanceOf(Fate.Temporary.class);
        }
        ClientTls usual = ClientTls.load(RelaySettings.Verify.FULL, Optional.empty(), complaint -> {});
        try (WebhookTransport strangers = new WebhookTransport(usual, LONG, 1, InetAddress::getAllByName)) {
            assertThat(post(strangers, here("/"), true)).isInstanceOf(Fate.Temporary.class);
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aNameWithoutAddressAndAPortWhereNobodyIsAreTriedAgain() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        assertThat(post("https://localhost:" + nobody + "/", true)).isInstanceOf(Fate.Temporary.class);
        try (WebhookTransport transport = transport(LONG, host -> {
            throw new java.net.UnknownHostException(host);
        })) {
            assertThat(post(transport, here("/"), true).reply().toString()).contains("no address (DNS)");
        }
    }

    @Test
    void aServerThatNeverAnswersIsLeft() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                WebhookTransport transport = transport(Duration.ofMillis(200), InetAddress::getAllByName)) {
            Fate fate = post(transport, "https://localhost:" + silent.getLocalPort() + "/", true);
            assertThat(fate).isInstanceOf(Fate.Temporary.class);
            assertThat(fate.reply().toString()).contains("took too long");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\nX: y\r\n\r\n",
                "HTTP/1.1 200 OK",
                "SSH-2.0-x\r\n",
                "HTTP/1.1 2x0 OK\r\n",
                "HTTP/1.1 999 X\r\n",
                "HTTP/1.1 20\r\n",
                "HTTP/2.0 200 OK\r\n",
                "HTTP/1.1 101 Switching\r\n\r\n",
                "\r\n",
                "x"
            })
    void nonsenseWithoutEndIsCutAndTriedAgain(String piece) throws Exception {
        try (ServerSocket hostile = WebServer.context(WebServer.certificate(folder.resolve("server")))
                        .getServerSocketFactory()
                        .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
                WebhookTransport transport = transport(LONG, InetAddress::getAllByName)) {
            assertThat(hostile).isInstanceOf(SSLServerSocket.class);
            Thread.ofVirtual().start(() -> pour(hostile, piece));
            assertThat(post(transport, "https://localhost:" + hostile.getLocalPort() + "/", true))
                    .isInstanceOf(Fate.Temporary.class);
        }
    }

    /// Until the other side has had enough.
    private static void pour(ServerSocket server, String piece) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            socket.getInputStream().read(new byte[100]);
            while (!server.isClosed()) {
                out.write(piece.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException enough) {
            assertThat(enough).isNotNull();
        }
    }

    @Test
    void interimAnswersAreSkipped() throws Exception {
        try (ServerSocket slow = WebServer.context(WebServer.certificate(folder.resolve("server")))
                        .getServerSocketFactory()
                        .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
                WebhookTransport transport = transport(LONG, InetAddress::getAllByName)) {
            String hints = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 202\r\n\r\n";
            Thread.ofVirtual().start(() -> pour(slow, hints));
            assertThat(post(transport, "https://localhost:" + slow.getLocalPort() + "/", true))
                    .isInstanceOf(Fate.Accepted.class);
        }
    }
}
