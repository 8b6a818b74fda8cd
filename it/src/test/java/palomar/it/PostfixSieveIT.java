package palomar.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's Postfix brings mail by LMTP, a user's script files and sends, and a second Postfix is the relay that
/// takes what is for the world.
class PostfixSieveIT {
    private static final int MESSAGES = 24;
    private static final int PATIENCE = 600; // tenths of a second

    @TempDir
    private Path folder;

    private Path file;
    private int imap;

    @BeforeEach
    void configuration() throws Exception {
        file = folder.resolve("palomar.toml");
        imap = Palomar.freePort();
    }

    private void configure(int relay) throws Exception {
        Files.writeString(
                file,
                "[server]\ndata = \"" + folder + "/data\"\nname = \"mail.example.org\"\ngrace = \"5s\"\n"
                        + "[auth]\nallow_plaintext = true\n"
                        + "[[listener]]\nprotocol = \"lmtp\"\npath = \"" + folder + "/lmtp.sock\"\nmode = \"0666\"\n"
                        + "[[listener]]\nprotocol = \"imap\"\naddress = \"127.0.0.1\"\nport = " + imap + "\n"
                        + "[relay]\nport = " + relay + "\nretry = \"1s\"\nretry_longest = \"1s\"\n");
        Result added = Palomar.runWith("demo", "user", "add", "alice", "--stdin", "-c", file.toString());
        assertThat(added.code()).as(added.err()).isZero();
    }

    private Postfix relay() throws Exception {
        return Postfix.start(folder.resolve("relay"), "virtual_mailbox_domains = far.example\n");
    }

    /// The MTA in front; what it has to say goes to the same relay.
    private Postfix front(Postfix relay) throws Exception {
        return Postfix.start(
                folder.resolve("front"),
                "myhostname = mx.example.org\nvirtual_transport = lmtp:unix:" + folder + "/lmtp.sock\n"
                        + "relayhost = [127.0.0.1]:" + relay.port() + "\n"
                        + "minimal_backoff_time = 1s\nmaximal_backoff_time = 2s\nqueue_run_delay = 1s\n");
    }

    private void script(String text) throws Exception {
        Result put =
                Palomar.runWith(text, "sieve", "put", "--user", "alice", "main", "--activate", "-c", file.toString());
        assertThat(put.code()).as(put.err()).isZero();
    }

    private static String mail(String subject, String from) {
        return "From: " + from + "\nTo: alice@example.org\nMessage-ID: <" + subject + "@far.example>\nSubject: "
                + subject + "\n\n.first\nlast\n";
    }

    private static void send(Postfix front, String subject, String from) throws Exception {
        front.send(from, "alice@example.org", mail(subject, from));
    }

    private List<Stored> stored(String mailbox, int count) throws IOException {
        List<Stored> found = List.of();
        for (int i = 0; i < PATIENCE && found.size() < count; i++) {
            found = Stored.in(imap, "alice", mailbox);
            LockSupport.parkNanos(100_000_000);
        }
        return found;
    }

    private static String only(List<String> mails, String what) {
        List<String> fitting =
                mails.stream().filter(mail -> mail.contains(what)).toList();
        assertThat(fitting).as(what).hasSize(1);
        return fitting.getFirst();
    }

    @Test
    void aScriptFilesRedirectsRejectsAndReplies() throws Exception {
        try (Postfix relay = relay();
                Postfix front = front(relay)) {
            configure(relay.port());
            try (Palomar palomar = Palomar.configured(file)) {
                script("""
                        require ["fileinto", "mailbox", "reject", "ereject", "vacation", "imap4flags"];
                        if header "subject" "report" { fileinto :create :flags "\\\\Seen" "Reports/Weekly"; }
                        elsif header "subject" "forward" { redirect "carl@far.example"; }
                        elsif header "subject" "never" { ereject "no thanks"; }
                        elsif header "subject" "niemals" { reject "nein, künftig nicht"; }
                        else { vacation :days 1 :subject "Away" "I am away"; }
                        """);
                for (String subject : List.of("report", "forward", "never", "niemals", "hello", "again")) {
                    send(front, subject, "ann@far.example");
                }
                assertThat(stored("INBOX", 2)).hasSize(2);
                List<Stored> reports = stored("Reports/Weekly", 1);
                assertThat(reports).hasSize(1);
                assertThat(reports.getFirst().flags()).containsExactly("\\Seen");
                assertThat(reports.getFirst().text())
                        .startsWith("Return-Path: <ann@far.example>\r\n")
                        .contains("Subject: report\r\n")
                        .endsWith("\r\n\r\n.first\r\nlast\r\n");
                List<String> mails = relay.mails(4);
                assertThat(only(mails, "Delivered-To: carl@far.example"))
                        .startsWith("Return-Path: <ann@far.example>\n")
                        .contains("X-Sieve-Redirected-From: alice@example.org\n")
                        .endsWith("\n\n.first\nlast\n");
                assertThat(only(mails, "Subject: Away"))
                        .startsWith("Return-Path: <>\n")
                        .contains("Delivered-To: ann@far.example\n")
                        .contains("Auto-Submitted: auto-replied")
                        .containsAnyOf("In-Reply-To: <hello@far.example>", "In-Reply-To: <again@far.example>")
                        .contains("I am away");
                assertThat(only(mails, "no thanks"))
                        .startsWith("Return-Path: <>\n")
                        .contains("Subject: Undelivered Mail Returned to Sender\n")
                        .contains("Status: 5.7.1");
                assertThat(only(mails, "report-type=disposition-notification"))
                        .startsWith("Return-Path: <>\n")
                        .contains("Delivered-To: ann@far.example\n")
                        .contains("Disposition: automatic-action/MDN-sent-automatically; deleted");
                assertThat(relay.mails()).hasSize(4);
                assertThat(palomar.isAlive()).isTrue();
            }
        }
    }

    @Test
    void aRelayThatIsDownAndAServerThatIsKilledLoseNothingAndDoNothingTwice() throws Exception {
        try (Postfix relay = relay();
                Postfix front = front(relay)) {
            configure(relay.port());
            relay.stop();
            try (Palomar palomar = Palomar.configured(file)) {
                script("""
                        require ["fileinto", "copy", "mailbox", "vacation"];
                        fileinto :create "Copies"; redirect :copy "carl@far.example";
                        vacation :subject "Away" "I am away"; keep;
                        """);
                for (int i = 0; i < MESSAGES / 2; i++) {
                    send(front, "m" + i, "ann" + i + "@far.example");
                }
                palomar.kill();
            }
            for (int i = MESSAGES / 2; i < MESSAGES; i++) {
                send(front, "m" + i, "ann" + i + "@far.example");
            }
            try (Palomar palomar = Palomar.configured(file)) {
                stored("INBOX", MESSAGES / 2 + 1);
                palomar.kill();
            }
            try (Palomar palomar = Palomar.configured(file)) {
                stored("INBOX", MESSAGES);
                relay.start();
                List<String> sent = relay.mails(2 * MESSAGES);
                List<Stored> inbox = Stored.in(imap, "alice", "INBOX");
                List<Stored> copies = Stored.in(imap, "alice", "Copies");
                for (int i = 0; i < MESSAGES; i++) {
                    String id = "Message-ID: <m" + i + "@far.example>";
                    String reply = "In-Reply-To: <m" + i + "@far.example>";
                    assertThat(inbox.stream().filter(each -> each.text().contains(id)))
                            .as("INBOX: " + id)
                            .hasSize(1);
                    assertThat(copies.stream().filter(each -> each.text().contains(id)))
                            .as("Copies: " + id)
                            .hasSize(1);
                    assertThat(sent.stream().filter(each -> each.contains(id) && each.contains("To: carl@far.example")))
                            .as("redirected: " + id)
                            .hasSize(1);
                    only(sent, reply);
                }
                awaitEmptyQueue();
                assertThat(relay.mails()).hasSize(2 * MESSAGES);
                assertThat(inbox).hasSize(MESSAGES);
                assertThat(copies).hasSize(MESSAGES);
                assertThat(palomar.err()).contains("relay.down");
            }
        }
    }

    @Test
    void eachRecipientHasHisOwnScriptAndNobodyIsAnsweredWhoMustNotBe() throws Exception {
        try (Postfix relay = relay();
                Postfix front = front(relay)) {
            configure(relay.port());
            Result added = Palomar.runWith("demo", "user", "add", "bob", "--stdin", "-c", file.toString());
            assertThat(added.code()).as(added.err()).isZero();
            try (Palomar palomar = Palomar.configured(file)) {
                script("""
                        require ["envelope", "subaddress", "fileinto", "mailbox", "vacation", "reject", "variables", "copy"];
                        if header "subject" "both" { reject "not for me"; stop; }
                        if header "subject" "nowhere" { redirect :copy "carl@elsewhere.example"; stop; }
                        if header "subject" "round" { redirect :copy "alice@example.org"; stop; }
                        if envelope :detail :matches "to" "*" { fileinto :create "Detail/${1}"; stop; }
                        vacation "away";
                        """);
                String both = mail("both", "ann@far.example");
                Result sent = Result.of(
                        Stored.bytes(both),
                        List.of(
                                "/usr/sbin/sendmail",
                                "-C",
                                front.configuration().toString(),
                                "-i",
                                "-f",
                                "ann@far.example",
                                "--",
                                "alice@example.org",
                                "bob@example.org"));
                assertThat(sent.code()).as(sent.err()).isZero();
                front.send("ann@far.example", "alice+lists@example.org", mail("detail", "ann@far.example"));
                send(front, "nowhere", "dora@far.example");
                front.send("", "alice@example.org", mail("bounce", "ann@far.example"));
                front.send("owner-list@far.example", "alice@example.org", mail("list", "owner-list@far.example"));
                front.send(
                        "eve@far.example",
                        "alice@example.org",
                        "List-Id: <l.far.example>\n" + mail("list-id", "eve@far.example"));
                front.send(
                        "eve@far.example", "alice@example.org", "Precedence: bulk\n" + mail("bulk", "eve@far.example"));
                front.send(
                        "eve@far.example",
                        "alice@example.org",
                        "Auto-Submitted: auto-generated\n" + mail("robot", "eve@far.example"));
                front.send(
                        "eve@far.example",
                        "alice@example.org",
                        mail("hidden", "eve@far.example").replace("To: alice@example.org", "To: carl@far.example"));
                send(front, "person", "fred@far.example");
                assertThat(stored("INBOX", 8)).hasSize(8);
                assertThat(stored("Detail/lists", 1)).hasSize(1);
                assertThat(Stored.in(imap, "bob", "INBOX")).hasSize(1);
                List<String> mails = relay.mails(3);
                assertThat(only(mails, "not for me")).contains("Delivered-To: ann@far.example\n");
                assertThat(only(mails, "Final-Recipient: rfc822; carl@elsewhere.example"))
                        .contains("Return-Path: <>\n")
                        .contains("Delivered-To: dora@far.example\n")
                        .contains("Status: 5.7.1\n");
                assertThat(only(mails, "In-Reply-To: <person@far.example>"))
                        .contains("Delivered-To: fred@far.example\n");
                awaitEmptyQueue();
                assertThat(relay.mails()).hasSize(3);
                assertThat(palomar.isAlive()).isTrue();
            }
        }
    }

    private void awaitEmptyQueue() throws Exception {
        String list = "";
        for (int i = 0; i < 50 && !list.contains("nothing waits"); i++) {
            list = Palomar.run("queue", "list", "-c", file.toString()).out();
        }
        assertThat(list).contains("nothing waits");
    }
}
