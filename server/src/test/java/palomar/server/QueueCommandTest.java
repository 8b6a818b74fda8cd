package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.config.PalomarSettings;
import palomar.config.SettingsFile;
import palomar.server.command.CommandLines;
import palomar.testkit.ScriptedSmtp;

/// `palomar queue` and what `doctor` says of the relay.
class QueueCommandTest {
    private static final String MAIL = "Subject: x\r\n\r\nbody\r\n";

    @TempDir
    private Path folder;

    private Path file = Path.of("unset");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void name() {
        file = folder.resolve("palomar.toml");
    }

    private Plan plan(String relay) throws Exception {
        Files.writeString(file, """
                log.level = "error"
                [server]
                data = "%s"
                name = "mail.example.org"
                [[listener]]
                protocol = "lmtp"
                path = "%s/lmtp"
                [relay]
                %s
                """.formatted(folder.resolve("data"), folder, relay));
        return Plan.configured(SettingsFile.load(file).orThrow(), file);
    }

    private int queue(String... words) {
        List<String> line = new ArrayList<>(List.of("queue", words[0], "-c", file.toString()));
        line.addAll(List.of(words).subList(1, words.length));
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(MAIL.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return CommandLines.run(terminal, line.toArray(String[]::new));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void theOperatorSeesHoldsAndDropsWhatWaits() throws Exception {
        try (House house = House.start(plan("port = " + closedPort()), Clock.systemUTC())) {
            assertThat(house.listeners()).hasSize(1);
            assertThat(queue("list")).isZero();
            assertThat(said()).isEqualTo("nothing waits\n");
            assertThat(queue("add", "--from", "ann@example.org", "--key", "k", "bob@example.org", "carl@example.org"))
                    .isZero();
            assertThat(queue("add", "--key", "k", "bob@example.org")).isZero();
            assertThat(queue("list")).isZero();
            assertThat(said())
                    .contains("<ann@example.org> -> <bob@example.org> and 1 more")
                    .contains("messages: 1\n");
            String id = said().lines()
                    .filter(line -> line.contains("ann@example.org"))
                    .findFirst()
                    .orElseThrow()
                    .substring(0, 14);
            assertThat(queue("hold", id)).isZero();
            assertThat(queue("show", id)).isZero();
            assertThat(said())
                    .contains("id: " + id, "from: <ann@example.org>", "to: <carl@example.org> waits")
                    .contains("next: held");
            assertThat(queue("flush")).isZero();
            assertThat(said()).isEqualTo("messages that are tried now: 0\n");
            assertThat(queue("release", id)).isZero();
            assertThat(queue("drop", id)).isZero();
            assertThat(queue("drop", "nonsense")).isEqualTo(66);
            assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("palomar: no message nonsense waits\n");
            assertThat(queue("add", "not an address")).isEqualTo(64);
        }
        assertThat(queue("list")).isEqualTo(69);
    }

    @Test
    void aMessageReachesTheRelay() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, """
                S: 220 mx
                C: EHLO mail.example.org
                S: 250 mx
                C: MAIL FROM:<>
                S: 250 ok
                C: RCPT TO:<bob@example.org>
                S: 250 ok
                C: DATA
                S: 354 go
                DATA
                S: 250 ok
                C: QUIT
                S: 221
                """)) {
            try (House house = House.start(plan("port = " + relay.port()), Clock.systemUTC())) {
                assertThat(queue("add", "bob@example.org")).isZero();
                while (house.outbox().size() > 0) {
                    Thread.onSpinWait();
                }
            }
            assertThat(relay.wrong()).isEmpty();
            assertThat(relay.messages()).containsExactly(MAIL + ".\r\n");
        }
    }

    private List<Finding> doctor(String relay) throws Exception {
        PalomarSettings settings = plan(relay).settings();
        return new RelayCheckup(settings, InstantSource.system()).run();
    }

    @Test
    void theDoctorLooksAtTheRelay() throws Exception {
        Finding nobody = doctor("port = " + closedPort()).getFirst();
        assertThat(nobody.verdict()).isEqualTo(Finding.Verdict.WARN);
        assertThat(nobody.toString()).contains("can't connect to the relay");
        assertThat(doctor("sendmail = [\"/nowhere/sendmail\"]").getFirst().verdict())
                .isEqualTo(Finding.Verdict.WARN);
        assertThat(doctor("sendmail = [\"/bin/true\"]").getFirst()).hasToString("OK    relay: /bin/true can be run");
        assertThat(doctor("ca = \"/nowhere/ca.pem\"").getFirst().verdict()).isEqualTo(Finding.Verdict.FAIL);
        assertThat(doctor("user = \"u\"\npassword_file = \"/nowhere/secret\"")
                        .getFirst()
                        .verdict())
                .isEqualTo(Finding.Verdict.FAIL);
        assertThat(doctor("user = \"u\"\npassword = \"p\"\nverify = \"none\"\nport = " + closedPort())
                        .getFirst()
                        .toString())
                .contains("the password goes to whoever answers");
        try (ScriptedSmtp relay =
                new ScriptedSmtp(null, "S: 220 mx\nC: EHLO mail.example.org\nS: 250 mx\nC: QUIT\nS: 221")) {
            assertThat(doctor("port = " + relay.port()).getFirst().toString())
                    .isEqualTo("OK    relay: localhost:" + relay.port() + " answers, no TLS");
        }
    }

    @Test
    void theDoctorSeesDamagedMail() throws Exception {
        Path damaged = Files.createDirectories(folder.resolve("data/outgoing/damaged"));
        assertThat(doctor("sendmail = [\"/bin/true\"]")).hasSize(1);
        Files.writeString(damaged.resolve("1.mail"), "x");
        Files.writeString(damaged.resolve("1.state"), "x");
        assertThat(doctor("sendmail = [\"/bin/true\"]").getLast().toString())
                .startsWith("WARN  outgoing mail: 1 damaged messages");
    }
}
