package palomar.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.testkit.WireClient;

class ConnectionTest {
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

    @Test
    void linesComeBackHoweverTheyAreTorn() throws Exception {
        String longLine = "x".repeat(50_000);
        for (boolean tls : new boolean[] {false, true}) {
            try (WireClient client = WireClient.connect(server.address())) {
                client.expect("hello ");
                if (tls) {
                    client.line("STARTTLS").expect("OK");
                    client.startTls();
                }
                client.send("a").send("b\r").send("\ncd\r\n");
                assertThat(client.readLine()).isEqualTo("ab");
                assertThat(client.readLine()).isEqualTo("cd");
                client.line(longLine);
                assertThat(client.readLine()).isEqualTo(longLine);
                client.send("1\r\n".repeat(5000) + "x".repeat(62) + "\r\n");
                for (int i = 0; i < 5000; i++) {
                    assertThat(client.readLine()).isEqualTo("1");
                }
                assertThat(client.readLine()).isEqualTo("x".repeat(62));
                client.line("QUIT").expect("bye");
                assertThat(client.atEnd()).isTrue();
            }
        }
    }

    @Test
    void whatWasSentAheadOfTheHandshakeIsNeverACommand() throws Exception {
        try (WireClient client = WireClient.connect(server.address())) {
            client.expect("hello ");
            client.send("STARTTLS\r\nINJECTED\r\n").expect("OK");
            client.startTls();
            client.line("mine");
            assertThat(client.readLine()).isEqualTo("mine");
        }
    }

    @Test
    void anIdleSessionIsWokenAndSaysGoodbye() throws Exception {
        try (WireClient plain = WireClient.connect(server.address());
                WireClient tls = WireClient.connect(server.address())) {
            plain.expect("hello ");
            tls.expect("hello ");
            tls.line("STARTTLS").expect("OK");
            tls.startTls().line("x").expect("x");
            server.network.stop(Duration.ofSeconds(20));
            plain.expect("BYE SHUTDOWN");
            tls.expect("BYE SHUTDOWN");
            assertThat(plain.atEnd()).isTrue();
            assertThat(tls.atEnd()).isTrue();
            Waiting.until(() -> server.listener.permitsTaken() == 0);
        }
    }

    @Test
    void aBusySessionMayFinishItsCommand() throws Exception {
        try (WireClient client = WireClient.connect(server.address())) {
            client.expect("hello ");
            client.send("half ");
            Waiting.until(() -> server.network.connections().getFirst().bytesIn() == 5);
            Thread stopping = Thread.ofVirtual().start(() -> stop(Duration.ofSeconds(20)));
            Waiting.until(() -> !server.listener.isOpen());
            client.line("whole");
            assertThat(client.readLine()).isEqualTo("half whole");
            client.expect("BYE SHUTDOWN");
            stopping.join();
        }
    }

    @Test
    void aSessionThatStaysBusyIsWokenAfterTheGraceTime() throws Exception {
        try (WireClient client = WireClient.connect(server.address())) {
            client.expect("hello ");
            client.send("half ");
            Waiting.until(() -> server.network.connections().getFirst().bytesIn() == 5);
            stop(Duration.ofMillis(1));
            client.expect("BYE SHUTDOWN");
            assertThat(server.network.count()).isZero();
        }
    }

    private void stop(Duration grace) {
        try {
            server.network.stop(grace);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void allSessionsOfAUserCanBeEnded() throws Exception {
        try (WireClient one = WireClient.connect(server.address());
                WireClient two = WireClient.connect(server.address());
                WireClient other = WireClient.connect(server.address())) {
            for (WireClient client : new WireClient[] {one, two, other}) {
                client.expect("hello ");
                client.line(client == other ? "USER carol" : "USER bob").expect("OK");
            }
            assertThat(server.network.kickUser("bob")).isEqualTo(2);
            one.expect("BYE KICKED");
            two.expect("BYE KICKED");
            other.line("still here").expect("still here");
            assertThat(server.network.kickUser("nobody")).isZero();
            assertThat(server.network.kick("absent")).isFalse();
        }
    }

    @Test
    void idleAndSlowPeersMeetTheirDeadline() throws Exception {
        try (WireClient idle = WireClient.connect(server.address());
                WireClient slow = WireClient.connect(server.address())) {
            idle.expect("hello ");
            slow.expect("hello ");
            slow.line("x").expect("x");
            slow.send("y");
            Waiting.until(() -> server.network.connections().stream().anyMatch(c -> c.bytesIn() == 4));
            server.pass(Duration.ofMinutes(2));
            slow.expect("BYE TIMEOUT");
            idle.line("still here").expect("still here");
            Waiting.until(() -> server.network.connections().stream().allMatch(ConnectionFacts::idle));
            server.pass(Duration.ofMinutes(31));
            idle.expect("BYE TIMEOUT");
        }
    }
}
