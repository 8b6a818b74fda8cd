package palomar.submission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import palomar.testkit.ScriptedSmtp;
import palomar.testkit.WireClient;

/// BDAT: RFC 3030
@Timeout(60)
class ChunkingTest {
    private static final String ENVELOPE =
            "C: RSET\nS: 250\nC: MAIL FROM:<anna@example.org>\nS: 250 fine\nC: RCPT TO:<x@y.example>\nS: 250 fine\n";
    private static final String BINARY =
            SubmissionServer.HELLO.replace("S: 250-DSN", "S: 250-DSN\nS: 250-BINARYMIME\nS: 250-CHUNKING");

    private static final String HEADER = "Date: d\r\nMessage-ID: <i>\r\n\r\n";

    private static void envelope(WireClient client, String more) throws Exception {
        client.line("MAIL FROM:<anna@example.org>" + more).expect("250");
        client.line("RCPT TO:<x@y.example>").expect("250");
    }

    @Test
    void chunksGoOnByDataWhereTheContentIsText() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(
                        null,
                        SubmissionServer.HELLO + ENVELOPE
                                + "C: DATA\nS: 354 go\nDATA\nS: 250 2.0.0 queued\nC: QUIT\nS: 221");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            envelope(client, "");
            client.send("BDAT " + HEADER.length() + "\r\n" + HEADER);
            client.expect("250 2.0.0 " + HEADER.length());
            client.line("DATA").expect("503 5.5.1");
            client.line("RCPT TO:<z@y.example>").expect("503 5.5.1");
            client.send("BDAT 7 LAST\r\n.\r\nb\n.\r");
            client.expect("250 2.0.0 queued");
            server.stop();
            assertThat(relay.wrong()).isEmpty();
            assertThat(relay.messages().getFirst()).endsWith("\r\n\r\n..\r\nb\r\n..\r\n.\r\n");
        }
    }

    @Test
    void binaryContentGoesOnByteForByte() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(
                        null,
                        BINARY + ENVELOPE.replace("org>", "org> BODY=BINARYMIME")
                                + "C: BDAT *\nC: Received: from client.example *\nC: *\nC: *\nC: *\nC: Date: d\n"
                                + "C: Message-ID: <i>\nC: *\nTAKE 5\nS: 250 2.0.0 queued");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.connect()) {
            assertThat(SubmissionServer.hello(client)).contains("BINARYMIME", "CHUNKING");
            client.line("AUTH PLAIN " + SubmissionServer.plain("anna", "se cret"))
                    .expect("235");
            envelope(client, " BODY=BINARYMIME");
            client.line("DATA").expect("503 5.5.1");
            client.send("BDAT " + (HEADER.length() + 5) + " LAST\r\n" + HEADER + "a\n.\r\0");
            client.expect("250 2.0.0 queued");
            server.stop();
            assertThat(relay.wrong()).isEmpty();
            assertThat(relay.messages().getLast()).isEqualTo("a\n.\r\0");
        }
    }

    @Test
    void whatFollowsARefusedEnvelopeIsNoCommand() throws Exception {
        try (ScriptedSmtp relay = new ScriptedSmtp(null, SubmissionServer.HELLO + "C: QUIT\nS: 221");
                SubmissionServer server = new SubmissionServer(relay);
                WireClient client = server.login("anna")) {
            client.send("BDAT 6\r\nQUIT\r\nNOOP\r\n");
            client.expect("503 5.5.1");
            client.expect("250 2.0.0 OK");
            client.line("BDAT 99999999999 LAST").expect("552 5.3.4");
            assertThat(client.atEnd()).isTrue();
        }
    }
}
