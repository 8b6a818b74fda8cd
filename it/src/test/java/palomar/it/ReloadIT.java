package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a configured server does when its configuration changes under it.
class ReloadIT {
    @TempDir
    private Path folder;

    private int imap;
    private int imaps;
    private int other;
    private Path file;

    @BeforeEach
    void configure() throws Exception {
        Result.needs("openssl");
        int base = Palomar.freeBasePort();
        imap = base + 143;
        imaps = base + 993;
        other = base + 24;
        file = folder.resolve("palomar.toml");
        certificate("one");
        write("");
        Result added = Palomar.runWith("demo\n", "user", "add", "alice", "--stdin", "-c", file.toString());
        assertThat(added.code()).as(added.err()).isZero();
    }

    private void write(String more) throws Exception {
        Files.writeString(
                file,
                "[server]\ndata = \"" + folder + "/data\"\ngrace = \"5s\"\n"
                        + listener("imap", imap) + listener("imaps", imaps)
                        + "[[listener]]\nprotocol = \"lmtp\"\npath = \"" + folder + "/lmtp.sock\"\nmode = \"0660\"\n"
                        + "[[tls.certificate]]\nchain = \"" + folder + "/chain.pem\"\nkey = \"" + folder
                        + "/key.pem\"\n"
                        + more);
    }

    private static String listener(String protocol, int port) {
        return "[[listener]]\nprotocol = \"" + protocol + "\"\naddress = \"127.0.0.1\"\nport = " + port + "\n";
    }

    private void certificate(String name) throws Exception {
        Result.client(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=" + name + ".example",
                "-keyout",
                folder + "/key.pem",
                "-out",
                folder + "/chain.pem");
    }

    /// The subject of the certificate that clients get now.
    private String subject() throws Exception {
        Result shown = Result.of(
                new byte[0],
                List.of(
                        "sh",
                        "-c",
                        "openssl s_client -connect 127.0.0.1:" + imaps
                                + " < /dev/null 2> /dev/null | openssl x509 -noout -subject"));
        return shown.out();
    }

    private Result reload() throws Exception {
        return Palomar.run("reload", "--data", folder + "/data");
    }

    @Test
    void listenersCertificatesLimitsAndLogLevelsChangeAndSessionsStay() throws Exception {
        try (Palomar palomar = Palomar.configured(file);
                ImapWire session = ImapWire.login(imap, "alice")) {
            session.ok("SELECT INBOX");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("lmtp.sock"))))
                    .isEqualTo("rw-rw----");
            assertThat(subject()).contains("one.example");

            certificate("two");
            write(listener("imap", other) + "[limits]\nsessions_per_user = 1\n[log]\nlevel = \"debug\"\n");
            Result changed = reload();
            assertThat(changed.code()).as(changed.err()).isZero();
            assertThat(changed.out()).contains("listening: imap 127.0.0.1:" + other);
            assertThat(subject()).contains("two.example");
            session.ok("NOOP");
            assertThat(palomar.err()).contains("DEBUG").contains("imap.command");
            try (ImapWire second = ImapWire.connect(other)) {
                assertThat(second.command("LOGIN alice demo").getLast().text()).contains("NO [LIMIT]");
            }

            write("");
            assertThat(reload().code()).isZero();
            assertThatThrownBy(() -> ImapWire.connect(other)).isInstanceOf(ConnectException.class);
            session.ok("NOOP");
        }
    }

    @Test
    void aBadFileLeavesTheOldOneInForce() throws Exception {
        try (Palomar palomar = Palomar.configured(file);
                ImapWire session = ImapWire.login(imap, "alice")) {
            write(listener("imap", other) + "[imap]\nidel_timeout = \"1h\"\n");
            Result typo = reload();
            assertThat(typo.code()).isEqualTo(78);
            assertThat(typo.err())
                    .contains("the old configuration stays in force")
                    .contains("idle_timeout");

            write(listener("imap", other) + "[log]\nfile = \"" + folder + "/none/log\"\n");
            Result log = reload();
            assertThat(log.code()).isEqualTo(78);
            assertThat(log.err()).contains(folder + "/none/log: there is no such file or directory");
            assertThatThrownBy(() -> ImapWire.connect(other)).isInstanceOf(ConnectException.class);

            write("");
            Files.writeString(folder.resolve("key.pem"), "no key at all\n");
            Result key = reload();
            assertThat(key.code()).isEqualTo(78);
            assertThat(key.err()).contains("key.pem");
            assertThat(subject()).contains("one.example");
            assertThat(palomar.err()).doesNotContain("could not be restored");
            session.ok("NOOP");
        }
    }

    @Test
    void sighupReloadsToo() throws Exception {
        try (Palomar palomar = Palomar.configured(file);
                ImapWire session = ImapWire.login(imap, "alice")) {
            write("[log]\nfile = \"" + folder + "/json.log\"\nformat = \"json\"\n");
            palomar.hangUp();
            Path log = folder.resolve("json.log");
            Instant patience = Instant.now().plusSeconds(30);
            while (!Files.exists(log) || !Files.readString(log).contains("server.reload")) {
                assertThat(Instant.now())
                        .as("SIGHUP was not heeded; the log so far: " + palomar.err())
                        .isBefore(patience);
                LockSupport.parkNanos(10_000_000);
            }
            session.ok("NOOP");
            assertThat(Files.readAllLines(log)).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                    .endsWith("---");
        }
    }
}
