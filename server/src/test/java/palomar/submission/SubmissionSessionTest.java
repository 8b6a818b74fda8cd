package palomar.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import palomar.testkit.ScriptedSmtp;
import palomar.testkit.WireClient;

/// Sessions over a real connection in front of a scripted relay. RFC 6409
@Timeout(60)
class SubmissionSessionTest {
    private static final String HELLO = SubmissionServer.HELLO;

    /// A message from anna to x@y, as far as the content.
    private static final String ENVELOPE = """
            C: RSET
            S: 250 2.0.0 fine
            C: MAIL FROM:<anna@example.org>
            S: 250 2.1.0 sender fine
            C: RCPT TO:<x@y.example>
            S: 250 2.1.5 recipient fine
            C: DATA
            S: 354 go
            """;

    private static final String RECEIVED =
            "Received: from client.example ([127.0.0.1])\r\n" + "\tby mail.example.org with ESMTPA id ";

    private static void envelope(WireClient client) throws Exception {
        client.line("MAIL FROM:<anna@example.org>").expect("250 2.1.0 sender fine");
        client.line("RCPT TO:<x@y.example>").expect("250 2.1.5 recipient fine");
        client.line("DATA").expect("354 ");
    }

    @Test
    void passesAMessageOnAndSaysWhatTheRelaySays() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(
                        null, HELLO + ENVELOPE + "DATA\nS: 250 2.0.0 queued as 4711\nC: QUIT\nS: 221");
                SubmissionServer server = new SubmissionServer(relay)) {
            try (WireClient client = server.login("anna")) {
                envelope(client);
                client.line("From: anna@example.org\r\nBcc: secret@z.example,\r\n other@z.example\r\nDate: today\r\n"
                        + "Subject: hi\r\n\r\n..dot\r\nBcc: stays\r\n.");
                client.expect("250 2.0.0 queued as 4711");
                client.line("QUIT").expect("221 2.0.0");
                assertThat(client.atEnd()).isTrue();
            }
            server.stop();
            assertThat(relay.wrong()).isEmpty();
            String message = relay.messages().getFirst();
            assertThat(message).startsWith(RECEIVED);
            String rest = message.substring(message.indexOf("for <"));
            assertThat(rest)
                    .startsWith("for <x@y.example>;\r\n\tTue, 24 Nov 2026 12:00:00 +0000\r\nFrom: anna@example.org\r\n"
                            + "Date: today\r\nSubject: hi\r\nMessage-ID: <");
            assertThat(rest).endsWith("@mail.example.org>\r\n\r\n..dot\r\nBcc: stays\r\n.\r\n");
        }
    }

    @Test
    void announcesWhatTheRelayHas() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + "C: QUIT\nS: 221");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.connect()) {
            assertThat(SubmissionServer.hello(client))
                    .containsExactly(
                            "mail.example.org",
                            "PIPELINING",
                            "SIZE 65536",
                            "ENHANCEDSTATUSCODES",
                            "CHUNKING",
                            "8BITMIME",
                            "SMTPUTF8",
                            "DSN",
                            "STARTTLS",
                            "AUTH PLAIN LOGIN");
        }
    }

    @Test
    void takesNothingFromStrangers() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + "C: QUIT\nS: 221");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.connect()) {
            client.line("MAIL FROM:<anna@example.org>").expect("503 5.5.1");
            SubmissionServer.hello(client);
            client.line("MAIL FROM:<anna@example.org>").expect("530 5.7.0");
            client.line("VRFY anna").expect("530 5.7.0");
            client.line("DATA").expect("530 5.7.0");
            client.line("RCPT TO:<x@y.example>").expect("421 4.7.0");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void knowsWhoMayEnter() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + "C: QUIT\nS: 221");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.connect()) {
            client.line("AUTH PLAIN " + SubmissionServer.plain("anna", "se cret"))
                    .expect("503 5.5.1");
            SubmissionServer.hello(client);
            client.line("AUTH NONSENSE").expect("504 5.5.4");
            client.line("AUTH PLAIN").expect("334 ");
            client.line("*").expect("501 5.7.0");
            client.line("AUTH PLAIN " + SubmissionServer.plain("away", "x")).expect("454 4.7.0");
            client.line("AUTH PLAIN " + SubmissionServer.plain("anna", "wrong")).expect("535 5.7.8");
            client.line("AUTH PLAIN " + SubmissionServer.plain("nobody", "wrong"))
                    .expect("535 5.7.8");
            client.line("AUTH LOGIN").expect("334 ");
            client.line("YW5uYQ==").expect("334 ");
            client.line("c2UgY3JldA==").expect("235 2.7.0");
            client.line("AUTH PLAIN").expect("503 5.5.1");
        }
    }

    @Test
    void throwsOutWhoGuesses() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + "C: QUIT\nS: 221");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.connect()) {
            SubmissionServer.hello(client);
            client.line("AUTH PLAIN " + SubmissionServer.plain("anna", "1")).expect("535");
            client.line("AUTH PLAIN !!!").expect("501");
            client.line("AUTH PLAIN " + SubmissionServer.plain("anna", "3")).expect("421 4.7.0");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void forgetsAfterStartTlsWhatWasSaidBefore() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + ENVELOPE + "DATA\nS: 250 queued\nC: QUIT\nS: 221");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.connect()) {
            SubmissionServer.hello(client);
            client.line("STARTTLS\r\nAUTH PLAIN " + SubmissionServer.plain("anna", "se cret"))
                    .expect("220 2.0.0");
            client.startTls();
            client.line("AUTH PLAIN").expect("503 5.5.1");
            assertThat(SubmissionServer.hello(client)).doesNotContain("STARTTLS");
            client.line("STARTTLS").expect("503");
            client.line("AUTH PLAIN " + SubmissionServer.plain("anna", "se cret"))
                    .expect("235");
            envelope(client);
            client.line("Subject: x\r\n\r\n.").expect("250 2.0.0 queued");
            assertThat(relay.messages().getFirst()).contains("with ESMTPSA id");
        }
    }

    @Test
    void letsUsersSendFromTheirOwnAddressesOnly() throws Exception {
        String own = "C: MAIL FROM:<%s>\nS: 250 2.1.0 fine\nC: RSET\nS: 250 fine\n";
        try (ScriptedSmtp relay = new ScriptedSmtp(
                        null,
                        HELLO + "C: RSET\nS: 250 fine\n"
                                + own.formatted("anna@example.org")
                                + own.formatted("Anna+list@EXAMPLE.ORG")
                                + own.formatted("info@example.org")
                                + "C: MAIL FROM:<>\nS: 250 2.1.0 fine");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            for (String sender : List.of("anna@example.org", "Anna+list@EXAMPLE.ORG", "info@example.org", "")) {
                client.line("MAIL FROM:<" + sender + ">").expect("250 2.1.0 fine");
                client.line("RSET").expect("250");
                for (String other : List.of("bob@example.org", "anna@example.net", "anna", "+anna@example.org")) {
                    client.line("MAIL FROM:<" + other + ">").expect("553 5.7.1");
                }
            }
        }
    }

    @Test
    void answersAPipelineInOrder() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(
                        null,
                        HELLO
                                + "C: RSET\nS: 250 fine\nC: MAIL FROM:<anna@example.org> SIZE=2058 BODY=8BITMIME RET=HDRS ENVID=a+2Bb\n"
                                + "S: 250 2.1.0 sender fine\nC: RCPT TO:<no@y.example>\nS: 550-5.1.1 unknown\nS: 550 5.1.1 really\n"
                                + "C: RCPT TO:<x@y.example> NOTIFY=NEVER ORCPT=rfc822;o@z\nS: 250 ok\nC: DATA\nS: 354 go\nDATA\n"
                                + "S: 250 2.0.0 queued\nC: QUIT\nS: 221");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            client.line("MAIL FROM:<anna@example.org> SIZE=10 BODY=8BITMIME RET=HDRS ENVID=a+2Bb AUTH=<>\r\n"
                    + "RCPT TO:<no@y.example>\r\nRCPT TO:<x@y.example> NOTIFY=NEVER ORCPT=rfc822;o@z\r\nDATA");
            client.expect("250 2.1.0 sender fine");
            client.expect("550-5.1.1 unknown");
            client.expect("550 5.1.1 really");
            client.expect("250 2.0.0 ok");
            client.expect("354");
            client.line("Subject: x\r\n\r\nbody\r\n.\r\nNOOP\r\nQUIT");
            client.expect("250 2.0.0 queued");
            client.expect("250 2.0.0 OK");
            client.expect("221");
        }
    }

    @Test
    void endsAMessageNowhereButAtItsEnd() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + ENVELOPE + "DATA\nS: 250 queued\nC: QUIT\nS: 221");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            envelope(client);
            client.line("Date: d\r\nMessage-ID: <i>\r\n\r\na\n.\nMAIL FROM:<evil@z>\r.\rb\r\n.\nc\n.\r\nd\r\n.");
            client.expect("250 2.0.0 queued");
            client.line("NOOP").expect("250 2.0.0 OK");
            server.stop();
            assertThat(relay.wrong()).isEmpty();
            assertThat(relay.messages().getFirst())
                    .endsWith("\r\n\r\na\r\n..\r\nMAIL FROM:<evil@z>\r\n..\r\nb\r\n\r\nc\r\n..\r\nd\r\n.\r\n")
                    .doesNotContain("\r\n.\r\nMAIL");
        }
    }

    @Test
    void tellsWhoIsKnownOnlyWhenItMay() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + "C: QUIT\nS: 221");
                SubmissionServer silent = new SubmissionServer(relay);
                WireClient client = silent.login("anna")) {
            client.line("VRFY bob").expect("252 2.5.2");
            client.line("EXPN all").expect("500");
        }
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + "C: QUIT\nS: 221");
                SubmissionServer open = new SubmissionServer(
                        SubmissionServer.verifying(), SubmissionServer.way(relay, usual -> usual));
                WireClient client = open.login("anna")) {
            client.line("VRFY bob").expect("250 2.1.5 <bob>");
            client.line("VRFY <bob@example.org>").expect("250 2.1.5 <bob@example.org>");
            client.line("VRFY carl@example.org").expect("550 5.1.1");
            client.line("VRFY bob@elsewhere.example").expect("252 2.5.2");
            client.line("VRFY").expect("501 5.1.3");
        }
    }

    @Test
    void takesABareLineFeedForNoCommand() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, HELLO + "C: QUIT\nS: 221");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            client.line("NOOP\nNOOP").expect("500 5.5.2");
            client.expect("250 2.0.0");
        }
    }
}
