package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Submission with swaks and msmtp, and Debian's Postfix as the relay. RFC 6409
class SubmissionIT {
    @TempDir
    private Path folder;

    private Path file;
    private int port;
    private int tlsPort;

    @BeforeEach
    void users() throws Exception {
        Result.needs("swaks");
        file = folder.resolve("palomar.toml");
        port = Palomar.freePort();
        tlsPort = Palomar.freePort();
        Files.writeString(
                folder.resolve("users"),
                "ann@example.org:{PLAIN}se cret::::::userdb_sender=info@example.org\nbob@example.org:{PLAIN}bob\n");
    }

    private static String listener(String protocol, int port) {
        return "[[listener]]\nprotocol = \"" + protocol + "\"\naddress = \"127.0.0.1\"\nport = " + port + "\n";
    }

    private Palomar palomar(String relay, String submission) throws Exception {
        Files.setPosixFilePermissions(folder.resolve("users"), PosixFilePermissions.fromString("rw-------"));
        Certificate.write(folder);
        Files.writeString(
                file,
                "[server]\ndata = \"" + folder + "/data\"\nname = \"mail.example.org\"\ngrace = \"5s\"\n"
                        + listener("submission", port) + listener("submissions", tlsPort)
                        + "[[tls.certificate]]\nchain = \"" + folder + "/chain.pem\"\nkey = \"" + folder
                        + "/key.pem\"\n"
                        + "[relay]\n" + relay + "[submission]\n" + submission
                        + "[[auth.passdb]]\ndriver = \"passwd-file\"\npath = \"" + folder + "/users\"\n"
                        + "[[auth.userdb]]\ndriver = \"passwd-file\"\npath = \"" + folder + "/users\"\n");
        return Palomar.configured(file);
    }

    private Result swaks(String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "swaks",
                "--auth-user",
                "ann@example.org",
                "--auth-password",
                "se cret",
                "--from",
                "ann@example.org",
                "--to",
                "bob@example.org"));
        words.addAll(List.of(more));
        return Result.of(new byte[0], words);
    }

    private String plain() {
        return "127.0.0.1:" + port;
    }

    @Test
    void whatUsersHandInTheRelayGets() throws Exception {
        try (Postfix postfix = Postfix.start(folder.resolve("postfix"), "");
                Palomar palomar = palomar("host = \"127.0.0.1\"\nport = " + postfix.port() + "\n", "")) {
            Result tls = swaks("--server", plain(), "--tls", "--auth", "PLAIN", "--h-Subject", "one", "--pipeline");
            assertThat(tls.code()).as(tls.out()).isZero();
            assertThat(tls.out()).contains("250-DSN", "250-SMTPUTF8", "250-CHUNKING", "queued as");
            Result implicit = swaks(
                    "--server",
                    "127.0.0.1:" + tlsPort,
                    "--tlsc",
                    "--auth",
                    "LOGIN",
                    "--h-Subject",
                    "two",
                    "--from",
                    "info@example.org",
                    "--body",
                    ".\n..dots\n.");
            assertThat(implicit.code()).as(implicit.out()).isZero();
            List<String> mails = postfix.mails(2);
            assertThat(mails)
                    .anySatisfy(mail ->
                            assertThat(mail).contains("Subject: one\n", "with ESMTPSA id", "by mail.example.org"));
            assertThat(mails)
                    .anySatisfy(mail -> assertThat(mail)
                            .contains("Subject: two\n", "Return-Path: <info@example.org>", "\n.\n..dots\n.\n"));
            assertThat(palomar.err()).contains("submission.sent").doesNotContain("se cret");
        }
    }

    @Test
    void strangersAndForeignAddressesAreRefused() throws Exception {
        try (Postfix postfix = Postfix.start(folder.resolve("postfix"), "");
                Palomar palomar = palomar("host = \"127.0.0.1\"\nport = " + postfix.port() + "\n", "")) {
            Result stranger = Result.of(
                    new byte[0],
                    List.of("swaks", "--server", plain(), "--from", "ann@example.org", "--to", "bob@example.org"));
            assertThat(stranger.out()).contains("530 5.7.0");
            assertThat(swaks("--server", plain(), "--auth-password", "wrong").out())
                    .contains("535 5.7.8");
            assertThat(swaks("--server", plain(), "--from", "bob@example.org").out())
                    .contains("553 5.7.1");
            // What the relay refuses, the client hears in the relay's words.
            assertThat(swaks("--server", plain(), "--to", "x@elsewhere.example").out())
                    .contains("554 5.7.1 <x@elsewhere.example>");
            assertThat(postfix.mails()).isEmpty();
            assertThat(palomar.isAlive()).isTrue();
        }
    }

    @Test
    void aRelayThatIsDownIsToldAndNothingIsQueued() throws Exception {
        try (Postfix postfix = Postfix.start(folder.resolve("postfix"), "");
                Palomar palomar = palomar("host = \"127.0.0.1\"\nport = " + postfix.port() + "\n", "")) {
            assertThat(swaks("--server", plain(), "--h-Subject", "before").code())
                    .isZero();
            postfix.stop();
            assertThat(swaks("--server", plain(), "--h-Subject", "down").out()).contains("451 4.4.1");
            postfix.start();
            Result after = swaks("--server", plain(), "--h-Subject", "after");
            assertThat(after.code()).as(after.out()).isZero();
            assertThat(postfix.mails(2)).noneMatch(mail -> mail.contains("Subject: down\n"));
            assertThat(palomar.isAlive()).isTrue();
        }
    }

    @Test
    void msmtpSendsWithMissingFieldsAndBcc() throws Exception {
        Result.needs("msmtp");
        try (Postfix postfix = Postfix.start(folder.resolve("postfix"), "");
                Palomar palomar = palomar("host = \"127.0.0.1\"\nport = " + postfix.port() + "\n", "")) {
            Path settings = Files.writeString(
                    folder.resolve("msmtprc"),
                    "account default\nhost localhost\nport " + port + "\ntls on\ntls_starttls on\ntls_trust_file "
                            + folder
                            + "/chain.pem\nauth on\nuser ann@example.org\npassword \"se cret\"\nfrom ann@example.org\n"
                            + "set_date_header off\nset_msgid_header off\nundisclosed_recipients off\n");
            Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
            Result msmtp = Result.of(
                    "From: ann@example.org\nSubject: msmtp\n\n.hidden\n.\n".getBytes(StandardCharsets.UTF_8),
                    List.of("msmtp", "--file=" + settings, "bob@example.org"));
            assertThat(msmtp.code()).as(msmtp.err()).isZero();
            assertThat(postfix.mails(1).getFirst())
                    .contains("Subject: msmtp\n", "\nDate: ", "@mail.example.org>\n", "\n.hidden\n.\n");
            assertThat(palomar.isAlive()).isTrue();
        }
    }

    @Test
    void theSendmailCommandIsARelayToo() throws Exception {
        try (Postfix postfix = Postfix.start(folder.resolve("postfix"), "");
                Palomar palomar = palomar(
                        "sendmail = [\"/usr/sbin/sendmail\", \"-C\", \"" + postfix.configuration() + "\"]\n", "")) {
            Result swaks = swaks("--server", plain(), "--h-Subject", "command");
            assertThat(swaks.code()).as(swaks.out()).isZero();
            assertThat(postfix.mails(1).getFirst()).contains("Subject: command\n");
            assertThat(palomar.isAlive()).isTrue();
        }
    }

    @Test
    void aReloadChangesTheRelayAndTheRules() throws Exception {
        try (Postfix postfix = Postfix.start(folder.resolve("postfix"), "");
                Palomar palomar = palomar("host = \"127.0.0.1\"\nport = " + Palomar.freePort() + "\n", "")) {
            assertThat(swaks("--server", plain()).out()).contains("451 4.4.1");
            String text = Files.readString(file);
            Files.writeString(
                    file,
                    text.replaceAll(
                                    "\\[relay]\nhost[^\\[]*",
                                    "[relay]\nhost = \"127.0.0.1\"\nport = " + postfix.port() + "\n")
                            .replace("[submission]\n", "[submission]\nsenders = \"any\"\nmessages_per_hour = 1\n"));
            assertThat(Palomar.run("reload", "-c", file.toString()).code()).isZero();
            Result other = swaks("--server", plain(), "--from", "anybody@example.net");
            assertThat(other.code()).as(other.out()).isZero();
            assertThat(swaks("--server", plain()).out()).contains("450 4.7.1");
            assertThat(postfix.mails(1)).hasSize(1);
            assertThat(palomar.isAlive()).isTrue();
        }
    }

    @Test
    void theDemoKeepsWhatIsSent() throws Exception {
        try (Palomar palomar = Palomar.demo(folder.resolve("demo"), Palomar.freeBasePort())) {
            String command = palomar.out()
                    .lines()
                    .filter(line -> line.contains("--tlsc"))
                    .findFirst()
                    .orElseThrow();
            Result swaks = Result.client(command.strip().split(" "));
            assertThat(swaks.code()).as(swaks.out()).isZero();
            try (var files = Files.list(palomar.data().resolve("outbox"))) {
                assertThat(Files.readString(files.findFirst().orElseThrow()))
                        .startsWith(
                                "X-Envelope-From: <alice@localhost>\r\nX-Envelope-To: <bob@example.org>\r\nReceived: from");
            }
        }
    }
}
