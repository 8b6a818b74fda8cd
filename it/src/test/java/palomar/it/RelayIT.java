package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Outgoing mail with Debian's Postfix as the relay, by SMTP with TLS and by its sendmail command.
class RelayIT {
    private static final int MESSAGES = 10;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void certificate() throws Exception {
        file = folder.resolve("palomar.toml");
        Certificate.write(folder);
    }

    private String tls() {
        return "smtpd_tls_security_level = may\nsmtpd_tls_chain_files = " + folder + "/key.pem, " + folder
                + "/chain.pem\n";
    }

    private void configure(String relay) throws Exception {
        Files.writeString(
                file,
                "[server]\ndata = \"" + folder + "/data\"\nname = \"mail.example.org\"\ngrace = \"5s\"\n"
                        + "[[listener]]\nprotocol = \"lmtp\"\npath = \"" + folder + "/lmtp.sock\"\n"
                        + "[relay]\n" + relay);
    }

    private Result queue(String input, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("queue", words[0], "-c", file.toString()));
        all.addAll(List.of(words).subList(1, words.length));
        return Palomar.runWith(input, all.toArray(String[]::new));
    }

    private void add(String subject, String from, String to) throws Exception {
        String mail = "From: ann@example.org\r\nSubject: " + subject + "\r\nMessage-ID: <" + subject
                + "@example.org>\r\n\r\n.first\r\nlast\r\n";
        Result added = queue(mail, "add", "--key", subject, "--from", from, to);
        assertThat(added.code()).as(added.err()).isZero();
    }

    private void awaitEmptyQueue() throws Exception {
        String list = queue("", "list").out();
        for (int i = 0; i < 300 && !list.contains("nothing waits"); i++) {
            LockSupport.parkNanos(100_000_000);
            list = queue("", "list").out();
        }
        assertThat(list).contains("nothing waits");
    }

    private static long withSubject(List<String> mails, String subject) {
        return mails.stream()
                .filter(mail -> mail.contains("Subject: " + subject + "\n"))
                .count();
    }

    @Test
    void aRelayThatIsDownForAWhileLosesNothingAndGetsNothingTwice() throws Exception {
        try (Postfix postfix = Postfix.start(folder.resolve("postfix"), tls())) {
            configure("host = \"localhost\"\nport = " + postfix.port() + "\ntls = \"required\"\nca = \"" + folder
                    + "/chain.pem\"\nretry = \"1s\"\nretry_longest = \"2s\"\n");
            try (Palomar palomar = Palomar.configured(file)) {
                add("up", "ann@example.org", "bob@example.org");
                assertThat(postfix.mails(1).getFirst()).contains("with ESMTPS").endsWith("\n\n.first\nlast\n");
                postfix.stop();
                for (int i = 0; i < MESSAGES; i++) {
                    add("down" + i, "ann@example.org", "bob@example.org");
                    add("down" + i, "ann@example.org", "bob@example.org"); // as a peer that tries again
                }
                Result list = queue("", "list");
                assertThat(list.out()).contains("messages: " + MESSAGES).contains("relay: ");
                palomar.kill();
            }
            try (Palomar palomar = Palomar.configured(file)) {
                assertThat(queue("", "list").out()).contains("messages: " + MESSAGES);
                postfix.start();
                awaitEmptyQueue();
                add("down0", "ann@example.org", "bob@example.org"); // long known
                List<String> mails = postfix.mails(MESSAGES + 1);
                assertThat(palomar.err()).contains("relay.down").contains("relay.up");
                for (int i = 0; i < MESSAGES; i++) {
                    assertThat(withSubject(mails, "down" + i)).as("down%d", i).isEqualTo(1);
                }
                assertThat(mails).hasSize(MESSAGES + 1);
            }
        }
    }

    @Test
    void whatTheRelayRefusesComesBackToItsSender() throws Exception {
        try (Postfix postfix = Postfix.start(folder.resolve("postfix"), tls())) {
            configure("port = " + postfix.port() + "\n");
            try (Palomar palomar = Palomar.configured(file)) {
                add("lost", "ann@example.org", "carl@elsewhere.example");
                String report = postfix.mails(1).getFirst();
                assertThat(report)
                        .contains("Return-Path: <>")
                        .contains("Final-Recipient: rfc822; carl@elsewhere.example\nAction: failed\nStatus: 5.7.1\n")
                        .contains("Subject: lost\n");
                assertThat(palomar.err()).contains("outbox.failed");
            }
        }
    }

    @Test
    void aCertificateOfNobodyIsNotTrusted() throws Exception {
        try (Postfix postfix = Postfix.start(folder.resolve("postfix"), tls())) {
            configure("port = " + postfix.port() + "\ntls = \"required\"\n");
            try (Palomar palomar = Palomar.configured(file)) {
                add("secret", "ann@example.org", "bob@example.org");
                String list = queue("", "list").out();
                for (int i = 0; i < 100 && !list.contains("relay: "); i++) {
                    LockSupport.parkNanos(100_000_000);
                    list = queue("", "list").out();
                }
                assertThat(list).contains("no TLS with the relay").contains("messages: 1");
                assertThat(postfix.mails()).isEmpty();
                // The operator says that this one is good.
                configure("port = " + postfix.port() + "\ntls = \"required\"\nca = \"" + folder + "/chain.pem\"\n");
                assertThat(Palomar.run("reload", "-c", file.toString()).code()).isZero();
                assertThat(withSubject(postfix.mails(1), "secret")).isEqualTo(1);
                assertThat(palomar.isAlive()).isTrue();
            }
        }
    }

    @Test
    void theSendmailCommandTakesMailToo() throws Exception {
        try (Postfix postfix = Postfix.start(folder.resolve("postfix"), "")) {
            configure("sendmail = [\"/usr/sbin/sendmail\", \"-C\", \"" + postfix.configuration() + "\"]\n");
            try (Palomar palomar = Palomar.configured(file)) {
                add("piped", "ann@example.org", "bob@example.org");
                String mail = postfix.mails(1).getFirst();
                assertThat(mail).contains("Return-Path: <ann@example.org>").endsWith("\n\n.first\nlast\n");
                assertThat(palomar.err()).contains("outbox.sent");
            }
        }
    }

    @Test
    void aDemoKeepsWhatItWouldHaveSent() throws Exception {
        Path data = folder.resolve("demo");
        try (Palomar palomar = Palomar.demo(data, Palomar.freeBasePort())) {
            Result added = Palomar.runWith(
                    "Subject: demo\r\n\r\nx\r\n", "queue", "add", "--data", data.toString(), "bob@example.org");
            assertThat(added.code()).as(added.err()).isZero();
            Path outbox = data.resolve("outbox");
            for (int i = 0;
                    i < 100 && (!Files.isDirectory(outbox) || outbox.toFile().list().length == 0);
                    i++) {
                LockSupport.parkNanos(100_000_000);
            }
            String[] kept = outbox.toFile().list();
            assertThat(kept).hasSize(1);
            assertThat(Files.readString(outbox.resolve(kept[0])))
                    .isEqualTo("X-Envelope-From: <>\r\nX-Envelope-To: <bob@example.org>\r\nSubject: demo\r\n\r\nx\r\n");
            assertThat(palomar.isAlive()).isTrue();
        }
    }
}
