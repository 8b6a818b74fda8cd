package palomar.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.testkit.WireClient;

class ListenerTest {
    @TempDir
    Path folder;

    @Test
    void aFullListenerRefusesWithALineAndRecovers() throws Exception {
        try (EchoServer server = new EchoServer(folder, s -> limits(s, 2, 100, List.of()))) {
            try (WireClient one = WireClient.connect(server.address());
                    WireClient two = WireClient.connect(server.address());
                    WireClient three = WireClient.connect(server.address())) {
                one.expect("hello ");
                two.expect("hello ");
                three.expect("refused SERVER_FULL");
                assertThat(three.atEnd()).isTrue();
            }
            Waiting.until(() -> server.listener.permitsTaken() <= 1);
            try (WireClient four = WireClient.connect(server.address())) {
                four.expect("hello ");
            }
        }
    }

    @Test
    void allListenersTogetherHaveALimitThatCanChange() throws Exception {
        try (EchoServer server = new EchoServer(folder, UnaryOperator.identity())) {
            server.network.limits(new NetworkLimits(1, 1, Duration.ofMinutes(1), Duration.ofMinutes(1)));
            try (WireClient one = WireClient.connect(server.address());
                    WireClient two = WireClient.connect(server.address())) {
                one.expect("hello ");
                two.expect("refused SERVER_FULL");
                server.network.limits(new NetworkLimits(10, 8, Duration.ofMinutes(1), Duration.ofMinutes(1)));
                try (WireClient three = WireClient.connectTls(tlsListener(server))) {
                    three.expect("hello ");
                }
            }
            Waiting.until(() -> server.network.count() == 0);
        }
    }

    private static java.net.InetSocketAddress tlsListener(EchoServer server) throws IOException {
        Endpoint any = new Endpoint.Tcp(new java.net.InetSocketAddress("127.0.0.1", 0));
        Listener listener = server.network.listen(ListenerSettings.of("echo", any, true), server.tls, server);
        return ((Endpoint.Tcp) listener.endpoint()).address();
    }

    @Test
    void anAddressHasItsOwnLimitBehindAProxyToo() throws Exception {
        try (EchoServer server = new EchoServer(folder, s -> limits(s, 100, 1, List.of(Cidr.parse("127.0.0.0/8"))))) {
            try (WireClient one = proxied(server, "192.0.2.1");
                    WireClient same = proxied(server, "192.0.2.1");
                    WireClient other = proxied(server, "192.0.2.2")) {
                other.expect("hello ");
                assertThat(List.of(one.readLine().split(" ")[0], same.readLine().split(" ")[0]))
                        .containsExactlyInAnyOrder("hello", "refused");
                other.line("FACTS");
                assertThat(other.readLine()).startsWith("/192.0.2.2:1025 false");
            }
            Waiting.until(() -> server.network.count() == 0);
            try (WireClient again = proxied(server, "192.0.2.1")) {
                again.expect("hello ");
            }
        }
    }

    private static WireClient proxied(EchoServer server, String address) throws IOException {
        return WireClient.connect(server.address()).line("PROXY TCP4 " + address + " 198.51.100.1 1025 143");
    }

    @Test
    void whoIsNoProxyOrSpeaksNoProxyIsClosed() throws Exception {
        try (EchoServer server = new EchoServer(folder, s -> limits(s, 100, 1, List.of(Cidr.parse("192.0.2.0/24"))))) {
            try (WireClient stranger = proxied(server, "192.0.2.1")) {
                assertThat(stranger.atEnd()).isTrue();
            }
            server.listener.reload(limits(server.listener.settings(), 100, 1, List.of(Cidr.parse("127.0.0.1"))));
            try (WireClient direct = WireClient.connect(server.address()).line("hello?")) {
                assertThat(direct.atEnd()).isTrue();
            }
            try (WireClient silent = WireClient.connect(server.address()).send("PROXY TCP4 ")) {
                Waiting.until(() -> server.network.connections().stream().anyMatch(c -> c.bytesIn() == 11));
                server.pass(Duration.ofSeconds(30));
                assertThat(silent.atEnd()).isTrue();
            }
            Waiting.until(() -> server.network.count() == 0 && server.listener.permitsTaken() == 1);
        }
    }

    @Test
    void tlsBehindAProxyMayComeInTheSamePacket() throws Exception {
        UnaryOperator<ListenerSettings> implicit =
                s -> new ListenerSettings(s.protocol(), s.endpoint(), true, 10, 10, List.of(Cidr.parse("127.0.0.1")));
        try (EchoServer server = new EchoServer(folder, implicit);
                WireClient client = WireClient.connect(server.address())) {
            client.line("PROXY TCP4 192.0.2.1 198.51.100.1 1025 143");
            client.startTls().expect("hello ");
            client.line("FACTS").expect("/192.0.2.1:1025 true");
        }
    }

    @Test
    void implicitTlsThatIsFullJustCloses() throws Exception {
        try (EchoServer server = new EchoServer(
                        folder, s -> new ListenerSettings(s.protocol(), s.endpoint(), true, 1, 10, List.of()));
                WireClient one = WireClient.connectTls(server.address());
                WireClient two = WireClient.connect(server.address())) {
            one.expect("hello ");
            assertThat(two.atEnd()).isTrue();
        }
    }

    @Test
    void anAddressInUseIsNamed() throws Exception {
        try (EchoServer server = new EchoServer(folder, UnaryOperator.identity())) {
            ListenerSettings same = ListenerSettings.of("echo", server.listener.endpoint(), false);
            assertThatThrownBy(() -> server.network.listen(same, null, server))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + server.address().getPort());
        }
    }

    @Test
    void aUnixSocketHasItsModeAndReplacesAStaleOne() throws Exception {
        Path path = folder.resolve("echo.sock");
        try (EchoServer server = new EchoServer(folder, UnaryOperator.identity())) {
            ListenerSettings unix = ListenerSettings.of("echo", new Endpoint.Unix(path, 0660), false);
            Listener listener = server.network.listen(unix, null, server);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-rw----");
            try (WireClient client = WireClient.connectUnix(path)) {
                client.expect("hello ");
                client.line("a".repeat(20_000));
                assertThat(client.readLine()).hasSize(20_000);
                assertThatThrownBy(() -> server.network.listen(unix, null, server))
                        .hasMessageContaining("another process listens there");
                server.network.connections().forEach(c -> server.network.kick(c.id()));
                client.expect("BYE KICKED");
            }
            listener.close();
            assertThat(path).doesNotExist();

            Listener dead = server.network.listen(unix, null, server);
            Path kept = folder.resolve("kept.sock");
            Files.move(path, kept);
            dead.close();
            Files.move(kept, path); // what a killed process leaves behind
            server.network.listen(unix, null, server);
            try (WireClient client = WireClient.connectUnix(path)) {
                client.expect("hello ");
            }
            Files.writeString(folder.resolve("file"), "x");
            assertThatThrownBy(() -> server.network.listen(
                            ListenerSettings.of("echo", new Endpoint.Unix(folder.resolve("file"), 0600), false),
                            null,
                            server))
                    .hasMessageContaining("in the way");
        }
    }

    @Test
    void aClosedListenerLeavesItsSessions() throws Exception {
        try (EchoServer server = new EchoServer(folder, UnaryOperator.identity());
                WireClient client = WireClient.connect(server.address())) {
            client.expect("hello ");
            server.listener.close();
            client.line("still").expect("still");
            assertThatThrownBy(() -> WireClient.connect(server.address())).isInstanceOf(IOException.class);
        }
    }

    private static ListenerSettings limits(ListenerSettings s, int all, int perAddress, List<Cidr> proxies) {
        return new ListenerSettings(s.protocol(), s.endpoint(), s.implicitTls(), all, perAddress, proxies);
    }
}
