package palomar.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.config.SettingsFile;
import palomar.net.SelfSigned;
import palomar.net.TlsContext;
import palomar.net.TlsSettings;
import palomar.server.Finding.Verdict;

class DoctorTest {
    private static final Instant MADE = Instant.parse("2036-01-01T00:00:00Z");

    @TempDir
    private Path root;

    private Path data;

    @BeforeEach
    void makeData() throws Exception {
        data = Files.createDirectory(root.resolve("data"));
    }

    private List<Finding> examine(Instant now, String toml) throws Exception {
        String text = "[server]\ndata = \"" + data + "\"\n" + toml;
        return new Doctor(
                        SettingsFile.parse("p.toml", text).orThrow(),
                        InstantSource.fixed(now),
                        "vmail",
                        Optional.empty())
                .examine();
    }

    private static Finding of(List<Finding> findings, String what) {
        return findings.stream()
                .filter(finding -> finding.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCertificateIsJudgedByItsDates() throws Exception {
        TlsSettings made = SelfSigned.create(
                Files.createDirectory(root.resolve("tls")), List.of("mail.example"), InstantSource.fixed(MADE));
        TlsContext.Certificate dates = TlsContext.load(made).certificates().getFirst();
        TlsSettings.Certificate files = made.certificates().getFirst();
        String toml = "[[tls.certificate]]\nchain = \"" + files.chain() + "\"\nkey = \"" + files.key() + "\"\n";
        assertThat(of(examine(dates.from().minusSeconds(1), toml), "certificate")
                        .verdict())
                .isEqualTo(Verdict.FAIL);
        assertThat(of(examine(dates.from().plusSeconds(1), toml), "certificate").verdict())
                .isEqualTo(Verdict.OK);
        assertThat(of(examine(dates.until().minus(Duration.ofDays(13)), toml), "certificate")
                        .verdict())
                .isEqualTo(Verdict.WARN);
        Finding expired = of(examine(dates.until().plusSeconds(1), toml), "certificate");
        assertThat(expired.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(expired.toString())
                .contains("mail.example")
                .contains("expired")
                .contains("-> renew it");
    }

    @Test
    void aPortThatSomebodyElseHasFails() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = other.getInetAddress().getHostAddress();
            Finding port = of(examine(MADE, listener(address, other.getLocalPort())), "port");
            assertThat(port.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(port.toString())
                    .contains(String.valueOf(other.getLocalPort()))
                    .contains("ss -ltnp");
        }
    }

    @Test
    void aServerThatRunsIsTold() throws Exception {
        DataFolder held = DataFolder.take(data);
        try (held;
                ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = listening.getInetAddress().getHostAddress();
            List<Finding> findings = examine(MADE, listener(address, listening.getLocalPort()));
            assertThat(of(findings, "server").text())
                    .isEqualTo("runs as process " + ProcessHandle.current().pid());
            assertThat(of(findings, "port").verdict()).isEqualTo(Verdict.OK);
        }
        assertThat(of(examine(MADE, ""), "server").text()).contains("stopped in order");
    }

    @Test
    void aServerThatWasKilledIsTold() throws Exception {
        Files.writeString(data.resolve("palomar.pid"), "4711\n");
        Finding server = of(examine(MADE, ""), "server");
        assertThat(server.verdict()).isEqualTo(Verdict.WARN);
        assertThat(server.text()).contains("4711");
    }

    @Test
    void theWrongUserFails() throws Exception {
        assertThat(of(examine(MADE, "user = \"palomar\"\n"), "user").toString())
                .startsWith("FAIL")
                .contains("sudo -u palomar");
    }

    private static String listener(String address, int port) {
        return "[[listener]]\nprotocol = \"imap\"\naddress = \"" + address + "\"\nport = " + port + "\n";
    }

    @Test
    void aLowPortDependsOnWhoStartsTheServer() throws Exception {
        var settings = SettingsFile.parse("p.toml", "[server]\ndata = \"" + data + "\"\n")
                .orThrow();
        var unit = new SystemdUnit(Path.of("u.service"), List.of("AmbientCapabilities=CAP_NET_BIND_SERVICE"));
        var other = new SystemdUnit(Path.of("u.service"), List.of("User=vmail"));
        Finding byUnit = new Doctor(settings, InstantSource.fixed(MADE), "vmail", Optional.of(unit)).lowPort("*:143");
        assertThat(byUnit.toString()).isEqualTo("OK    port: *:143 is below 1024: vmail gets it by u.service");
        Finding lacking = new Doctor(settings, InstantSource.fixed(MADE), "vmail", Optional.of(other)).lowPort("*:143");
        assertThat(lacking.verdict()).isEqualTo(Verdict.WARN);
        assertThat(lacking.remedy()).isEqualTo("add AmbientCapabilities=CAP_NET_BIND_SERVICE to u.service");
        Finding without = new Doctor(settings, InstantSource.fixed(MADE), "vmail", Optional.empty()).lowPort("*:143");
        assertThat(without.verdict()).isEqualTo(Verdict.WARN);
        assertThat(without.remedy()).contains("start it by systemd");
    }
}
