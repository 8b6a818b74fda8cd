package palomar.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.testkit.ScriptedSmtp;
import palomar.testkit.WireClient;

/// A relay that goes away, is busy, or speaks about itself: the client hears something temporary, never OK, and
/// may try again in the same session.
@Timeout(60)
class RelayLossTest {
    private static final String HELLO = SubmissionServer.HELLO;
    private static final String MAIL = "C: RSET\nS: 250\nC: MAIL FROM:<anna@example.org>\n";
    private static final String RCPT = MAIL + "S: 250 fine\nC: RCPT TO:<x@y.example>\n";
    private static final String DATA = RCPT + "S: 250 fine\nC: DATA\n";
    private static final String CONTENT = DATA + "S: 354 go\n";

    /// After the loss, over a fresh connection.
    private static final String AGAIN =
            HELLO + "C: MAIL FROM:<anna@example.org>\nS: 250 2.1.0 again\nC: RCPT TO:<x@y.example>\n"
                    + "S: 250 2.1.5 again\nC: DATA\nS: 354 go\nDATA\nS: 250 2.0.0 queued again\nC: QUIT\nS: 221";

    private static void again(WireClient client) throws IOException {
        client.line("MAIL FROM:<anna@example.org>").expect("250 2.1.0 again");
        client.line("RCPT TO:<x@y.example>").expect("250 2.1.5 again");
        client.line("DATA").expect("354");
        client.line("Subject: x\r\n\r\n.").expect("250 2.0.0 queued again");
    }

    @Test
    void aKeptConnectionThatTheRelayClosedCostsNothing() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + "DROP", AGAIN);
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            again(client);
        }
    }

    @ParameterizedTest
    @CsvSource({"DROP,451 4.4.2", "S: 421 4.3.2 going down,451 4.4.2", "S: 530 5.7.0 STARTTLS first,451 4.3.5"})
    void lossBehindMail(String what, String reply) throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + MAIL + what + "\nC: *", AGAIN);
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            client.line("MAIL FROM:<anna@example.org>").expect(reply);
            client.line("RCPT TO:<x@y.example>").expect("503 5.5.1");
            client.line("DATA").expect("503 5.5.1");
            if (!what.contains("530")) {
                again(client);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"DROP", "S: 421 4.3.2 going down"})
    void lossBehindRcpt(String what) throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + RCPT + what, AGAIN);
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            client.line("MAIL FROM:<anna@example.org>").expect("250");
            client.line("RCPT TO:<x@y.example>").expect("451 4.4.2");
            client.line("RCPT TO:<z@y.example>").expect("451 4.4.2");
            client.line("DATA").expect("503 5.5.1");
            client.line("RSET").expect("250");
            again(client);
        }
    }

    @ParameterizedTest
    @CsvSource({"DROP,451 4.4.2", "S: 421 bye,451 4.4.2", "S: 451 4.3.1 no room,451 4.3.1 no room"})
    void lossBehindData(String what, String reply) throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + DATA + what + "\nC: *", AGAIN);
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            client.line("MAIL FROM:<anna@example.org>").expect("250");
            client.line("RCPT TO:<x@y.example>").expect("250");
            client.line("DATA").expect(reply);
            client.line("DATA").expect("503 5.5.1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DROP,451 4.4.2",
        "DATA~DROP,451 4.4.2",
        "DATA~S: 421 4.3.2 bye,451 4.4.2",
        "DATA~S: 552 5.3.4 too big,552 5.3.4 too big",
        "DATA~S: 350 what,451 4.3.0",
        "DATA~S: nonsense,451"
    })
    void lossWithinAndBehindTheContent(String what, String reply) throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + CONTENT + what.replace('~', '\n') + "\nC: *");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            client.line("MAIL FROM:<anna@example.org>").expect("250");
            client.line("RCPT TO:<x@y.example>").expect("250");
            client.line("DATA").expect("354");
            client.line("Subject: x\r\n\r\n" + "0123456789\r\n".repeat(3000) + ".")
                    .expect(reply);
            client.line("NOOP").expect("250 2.0.0 OK");
        }
    }

    @Test
    void aClientThatVanishesEndsNoMessage() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + CONTENT + "DATA");
                SubmissionServer server = new SubmissionServer(relay)) {
            try (WireClient client = server.login("anna")) {
                client.line("MAIL FROM:<anna@example.org>").expect("250");
                client.line("RCPT TO:<x@y.example>").expect("250");
                client.line("DATA").expect("354");
                client.line("Subject: x\r\n\r\nhalf");
            }
            server.stop();
            assertThat(relay.wrong()).isEmpty();
            assertThat(relay.messages().getFirst()).startsWith("(cut) ");
        }
    }

    @Test
    void aMessageBeyondTheLimitEndsNowhere() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + CONTENT + "DATA", AGAIN);
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            client.line("MAIL FROM:<anna@example.org> SIZE=65537").expect("552 5.3.4");
            client.line("MAIL FROM:<anna@example.org>").expect("250");
            client.line("RCPT TO:<x@y.example>").expect("250");
            client.line("DATA").expect("354");
            client.line("Subject: x\r\n\r\n" + "0123456789\r\n".repeat(6000) + ".")
                    .expect("552 5.3.4");
            again(client);
            assertThat(relay.messages().getFirst()).startsWith("(cut) ");
        }
    }

    @Test
    void aRelayThatIsNotThereRefusesMailAndNotTheUser() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (SubmissionServer server =
                        new SubmissionServer(SubmissionServer.usual(), SubmissionServer.way(port, usual -> usual));
                WireClient client = server.connect()) {
            assertThat(SubmissionServer.hello(client)).contains("SIZE 65536").doesNotContain("8BITMIME", "DSN");
            client.line("AUTH PLAIN " + SubmissionServer.plain("anna", "se cret"))
                    .expect("235");
            client.line("MAIL FROM:<anna@example.org>").expect("451 4.4.1");
            client.line("MAIL FROM:<anna@example.org> BODY=8BITMIME").expect("451 4.4.1");
        }
    }

    @Test
    void whoFindsAllConnectionsBusyIsToTryAgain() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(
                        null,
                        HELLO + MAIL + "S: 250 fine\nC: RSET\nS: 250\n"
                                + "C: MAIL FROM:<bob@example.org>\nS: 250 fine");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient anna = server.login("anna");
                WireClient bob = server.login("bob")) {
            anna.line("MAIL FROM:<anna@example.org>").expect("250");
            bob.line("MAIL FROM:<bob@example.org>").expect("451 4.3.2");
            anna.line("RSET").expect("250");
            bob.line("MAIL FROM:<bob@example.org>").expect("250");
        }
    }

    @Test
    void whatTheRelayHasNoLongerIsRefusedForTheTimeBeing() throws Exception {
        String poor = "S: 220 mx\nC: EHLO mail.example.org\nS: 250 mx\n";
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + "DROP", poor + "C: RSET\nS: 250\nC: RSET\nS: 250\n");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            client.line("MAIL FROM:<anna@example.org> SMTPUTF8").expect("451 4.3.0");
            client.line("MAIL FROM:<anna@example.org> BY=120;R").expect("555 5.5.4 DELIVERBY");
            client.line("MAIL FROM:<anna@example.org> RET=FULL").expect("451 4.3.0");
        }
    }

    @Test
    void anLmtpRelayGetsOneRecipientAtATime() throws Exception {
        String script =
                HELLO.replace("EHLO", "LHLO") + "C: RSET\nS: 250\nC: MAIL FROM:<anna@example.org>\nS: 250 fine\n"
                        + "C: RCPT TO:<x@y.example>\nS: 250 fine\nC: DATA\nS: 354 go\nDATA\nS: 250 2.0.0 stored";
        try (ScriptedSmtp relay = new ScriptedSmtp(null, script);
                SubmissionServer server =
                        new SubmissionServer(SubmissionServer.usual(), relay, SubmissionServer::lmtp);
                WireClient client = server.login("anna")) {
            client.line("MAIL FROM:<anna@example.org>").expect("250");
            client.line("RCPT TO:<x@y.example>").expect("250");
            client.line("RCPT TO:<z@y.example>").expect("452 4.5.3");
            client.line("DATA").expect("354");
            client.line("Subject: x\r\n\r\n.").expect("250 2.0.0 stored");
        }
    }
}
