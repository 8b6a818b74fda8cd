package palomar.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.testkit.WireClient;

class HostilePeerTest {
    @TempDir
    Path folder;

    EchoServer server;

    @BeforeEach
    void start() throws Exception {
        server = new EchoServer(folder, UnaryOperator.identity());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WireClient beforeHandshake() throws IOException {
        WireClient client = WireClient.connect(server.address());
        client.expect("hello ");
        client.line("STARTTLS").expect("OK");
        return client;
    }

    private ClientGone.Reason ended() {
        Waiting.until(() -> server.network.count() == 0);
        return server.gone.remove().reason();
    }

    @Test
    void aPeerThatReadsNothingMeetsTheWriteDeadline() throws Exception {
        for (boolean tls : new boolean[] {false, true}) {
            try (WireClient client = WireClient.connectNarrow(server.address())) {
                client.expect("hello ");
                if (tls) {
                    client.line("STARTTLS").expect("OK");
                    client.startTls();
                }
                client.line("FLOOD");
                awaitStandstill();
                server.pass(Duration.ofSeconds(59));
                assertThat(server.network.count()).isEqualTo(1);
                server.pass(Duration.ofSeconds(2));
                assertThat(ended()).isEqualTo(ClientGone.Reason.STALLED);
            }
        }
    }

    /// Until the kernel's buffers are full and nothing moves any more.
    private void awaitStandstill() {
        long before = -1;
        int same = 0;
        while (same < 100_000) {
            long now = server.network.connections().getFirst().bytesOut();
            same = now == before && now > 50_000 ? same + 1 : 0;
            before = now;
            Thread.yield();
        }
    }

    @Test
    void garbageInsteadOfAClientHelloIsClosedAtOnce() throws Exception {
        for (byte[] garbage : List.of(
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                "a1 LOGIN u p\r\n".getBytes(StandardCharsets.US_ASCII),
                HexFormat.of().parseHex("1603017fff"), // longer than a record may be
                HexFormat.of().parseHex("1603010005" + "ffffffffff"),
                HexFormat.of().parseHex("1503010002" + "0228"), // an alert
                HexFormat.of().parseHex("1703030010" + "00".repeat(16)), // data before the handshake
                HexFormat.of().parseHex("802e0100020015000000"))) { // SSL 2
            try (WireClient client = beforeHandshake()) {
                client.send(garbage);
                client.readAll();
                assertThat(ended()).isEqualTo(ClientGone.Reason.TLS);
            } catch (IOException reset) {
                assertThat(ended()).isEqualTo(ClientGone.Reason.TLS);
            }
        }
    }

    @Test
    void aHandshakeThatDragsOnMeetsItsDeadline() throws Exception {
        try (WireClient client = beforeHandshake()) {
            client.send(HexFormat.of().parseHex("160301"));
            Waiting.until(() -> server.network.connections().getFirst().bytesIn() == 13);
            server.pass(Duration.ofSeconds(61));
            client.readAll();
            Waiting.until(() -> server.network.count() == 0);
            assertThat(server.gone.remove())
                    .isInstanceOfSatisfying(
                            ReadInterrupted.class, e -> assertThat(e.why()).isEqualTo(ReadInterrupted.Why.TIMEOUT));
        }
    }

    @Test
    void theDeadlineOfAHandshakeIsASetting() throws Exception {
        server.network.limits(new NetworkLimits(10, 8, Duration.ofSeconds(20), Duration.ofMinutes(1)));
        try (WireClient client = beforeHandshake()) {
            client.send(HexFormat.of().parseHex("160301"));
            Waiting.until(() -> server.network.connections().getFirst().bytesIn() == 13);
            server.pass(Duration.ofSeconds(21));
            client.readAll();
            Waiting.until(() -> server.network.count() == 0);
            assertThat(server.gone.remove()).isInstanceOf(ReadInterrupted.class);
        }
    }

    @Test
    void recordsInCrumbsAreUnderstood() throws Exception {
        try (Socket raw = new Socket(
                        server.address().getAddress(), server.address().getPort());
                Crumbler crumbs = new Crumbler(raw)) {
            try (WireClient client = WireClient.connect(crumbs.address())) {
                client.expect("hello ");
                client.line("STARTTLS").expect("OK");
                client.startTls().line("torn").expect("torn");
                client.line("y".repeat(3000)).expect("yyy");
            }
        }
    }

    @Test
    void aDamagedRecordEndsTheSession() throws Exception {
        try (Socket raw = new Socket(
                        server.address().getAddress(), server.address().getPort());
                Crumbler crumbs = new Crumbler(raw)) {
            try (WireClient client = WireClient.connect(crumbs.address())) {
                client.expect("hello ");
                client.line("STARTTLS").expect("OK");
                client.startTls().line("fine").expect("fine");
                crumbs.damageNext();
                client.line("not fine");
                assertThat(client.atEnd()).isTrue();
                assertThat(ended()).isEqualTo(ClientGone.Reason.TLS);
            }
        }
    }

    @Test
    void closingWithinALineOrAtOnceGivesThePermitBack() throws Exception {
        for (String sent : List.of("", "half", "STARTTLS\r\n")) {
            try (WireClient client = WireClient.connect(server.address())) {
                client.send(sent);
            }
        }
        Waiting.until(() -> server.network.count() == 0 && server.listener.permitsTaken() == 1);
    }

    @Test
    void aDripOfBytesDoesNotProlongACommand() throws Exception {
        try (WireClient client = WireClient.connect(server.address())) {
            client.expect("hello ");
            client.send("d");
            for (int i = 1; i <= 5; i++) {
                int sofar = i;
                Waiting.until(() -> server.network.connections().getFirst().bytesIn() == sofar);
                server.pass(Duration.ofSeconds(11));
                client.send("r");
            }
            Waiting.until(() -> server.network.connections().getFirst().bytesIn() == 6);
            server.pass(Duration.ofSeconds(11));
            client.expect("BYE TIMEOUT");
        }
    }

    @Test
    void aLargeUploadEarnsItsTime() throws Exception {
        try (WireClient client = WireClient.connect(server.address())) {
            client.expect("hello ");
            int sent = 0;
            for (int i = 1; i <= 20; i++) {
                client.send("u".repeat(40_000));
                sent += 40_000;
                int sofar = sent;
                Waiting.until(() -> server.network.connections().getFirst().bytesIn() == sofar);
                server.pass(Duration.ofSeconds(30));
            }
            client.send("\r\n");
            assertThat(client.readLine()).hasSize(sent);
        }
    }
}
