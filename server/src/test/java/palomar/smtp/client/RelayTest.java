package palomar.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.smtp.proto.SmtpPath;
import palomar.testkit.ManualClock;
import palomar.testkit.ScriptedSmtp;

/// The dialogue with a relay, line by line.
@Timeout(60)
class RelayTest {
    private static final String HELLO = """
            S: 220 mx
            C: EHLO me.example
            S: 250-mx
            S: 250-PIPELINING
            S: 250-SIZE 1000
            S: 250-8BITMIME
            S: 250-DSN
            S: 250 ENHANCEDSTATUSCODES
            """;

    private static final SmtpPath ANN = path("ann@a.example");
    private static final SmtpPath BOB = path("bob@b.example");
    private static final SmtpPath CARL = path("carl@c.example");
    private static final String TEXT = "Subject: x\r\n\r\n.hello\r\n";

    private final ManualClock clock = new ManualClock();

    private static SmtpPath path(String text) {
        return SmtpPath.parse(text).orElseThrow();
    }

    private static OutgoingContent content(String text) throws IOException {
        return OutgoingContent.of(ByteSource.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static RelaySettings settings(ScriptedSmtp server) {
        return RelaySettings.of("127.0.0.1", server.port(), "me.example");
    }

    private static RelaySettings patience(RelaySettings s, Duration limit) {
        return new RelaySettings(
                s.host(),
                s.port(),
                s.protocol(),
                s.tls(),
                s.verify(),
                s.ca(),
                s.login(),
                s.helo(),
                PhaseLimits.all(limit),
                s.connections(),
                s.mostRecipients());
    }

    private static RelaySettings lmtp(RelaySettings s) {
        return new RelaySettings(
                s.host(),
                s.port(),
                RelaySettings.Protocol.LMTP,
                s.tls(),
                s.verify(),
                s.ca(),
                s.login(),
                s.helo(),
                s.limits(),
                s.connections(),
                s.mostRecipients());
    }

    private static RelaySettings few(RelaySettings s, int recipients) {
        return new RelaySettings(
                s.host(),
                s.port(),
                s.protocol(),
                s.tls(),
                s.verify(),
                s.ca(),
                s.login(),
                s.helo(),
                s.limits(),
                s.connections(),
                recipients);
    }

    private static RelaySettings login(RelaySettings s, RelaySettings.Tls tls) {
        return new RelaySettings(
                s.host(),
                s.port(),
                s.protocol(),
                tls,
                s.verify(),
                s.ca(),
                Optional.of(new RelaySettings.Login("tim", "tanstaaftanstaaf")),
                s.helo(),
                s.limits(),
                s.connections(),
                s.mostRecipients());
    }

    private Relay relay(RelaySettings settings) throws IOException {
        return Relay.of(settings, clock, Event.SILENT);
    }

    private static List<String> fates(Delivery delivery) {
        return delivery.fates().stream()
                .map(fate -> fate.getClass().getSimpleName() + " "
                        + fate.reply().code() + " " + fate.reply().enhanced())
                .map(String::strip)
                .toList();
    }

    private Delivery deliver(RelaySettings settings, Envelope envelope, String text) throws IOException {
        try (Relay relay = relay(settings)) {
            return relay.deliver(envelope, content(text));
        }
    }

    @Test
    void eachRecipientHasItsOwnFate() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null, HELLO + """
                        C: MAIL FROM:<ann@a.example> SIZE=22
                        C: RCPT TO:<bob@b.example>
                        C: RCPT TO:<carl@c.example>
                        C: RCPT TO:<ann@a.example>
                        S: 250 2.1.0 ok
                        S: 250 2.1.5 ok
                        S: 550 5.1.1 no carl
                        S: 451 4.2.1 not now
                        C: DATA
                        S: 354 go
                        DATA
                        S: 250 2.0.0 queued
                        C: QUIT
                        S: 221 bye
                        """)) {
            Delivery delivery = deliver(settings(server), Envelope.of(ANN, BOB, CARL, ANN), TEXT);
            assertThat(server.wrong()).isEmpty();
            assertThat(fates(delivery))
                    .containsExactly("Accepted 250 2.0.0", "Permanent 550 5.1.1", "Temporary 451 4.2.1");
            assertThat(delivery.trouble()).isEmpty();
            assertThat(server.messages()).containsExactly("Subject: x\r\n\r\n..hello\r\n.\r\n");
        }
    }

    @Test
    void withoutPipeliningOneCommandWaitsForTheOther() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null, """
                S: 220 mx
                C: EHLO me.example
                S: 502 what
                C: HELO me.example
                S: 250 mx
                C: MAIL FROM:<>
                S: 250 ok
                C: RCPT TO:<bob@b.example>
                S: 550 no
                C: QUIT
                S: 221 bye
                """)) {
            Delivery delivery = deliver(settings(server), Envelope.of(SmtpPath.NULL, BOB), TEXT);
            assertThat(server.wrong()).isEmpty();
            assertThat(fates(delivery)).containsExactly("Permanent 550");
        }
    }

    @Test
    void aConnectionIsUsedAgainAndAStaleOneReplaced() throws Exception {
        String again = """
                C: MAIL FROM:<ann@a.example> SIZE=22
                C: RCPT TO:<bob@b.example>
                S: 250 ok
                S: 250 ok
                C: DATA
                S: 354 go
                DATA
                S: 250 queued
                """;
        try (ScriptedSmtp server =
                new ScriptedSmtp(null, HELLO + again + again + "DROP", HELLO + again + "C: QUIT\nS: 221")) {
            try (Relay relay = relay(settings(server))) {
                for (int i = 0; i < 3; i++) {
                    Delivery delivery = relay.deliver(Envelope.of(ANN, BOB), content(TEXT));
                    assertThat(fates(delivery)).containsExactly("Accepted 250");
                }
            }
            assertThat(server.wrong()).isEmpty();
            assertThat(server.messages()).hasSize(3);
        }
    }

    @Test
    void whatTheSenderWantsToBeToldIsPassedOn() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null, HELLO + """
                        C: MAIL FROM:<ann@a.example> RET=HDRS ENVID=QQ+20314159 SIZE=22
                        C: RCPT TO:<bob@b.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;Bob+2B1@ivory.example
                        S: 250 ok
                        S: 250 ok
                        C: DATA
                        S: 354 go
                        DATA
                        S: 250 queued
                        C: QUIT
                        S: 221
                        """)) {
            EnvelopeRecipient bob = new EnvelopeRecipient(
                    BOB, Set.of(Notify.SUCCESS, Notify.DELAY), Optional.of("rfc822;Bob+1@ivory.example"));
            EnvelopeOptions options = new EnvelopeOptions(
                    Optional.of(EnvelopeOptions.Ret.HEADERS), Optional.of("QQ 314159"), Optional.empty(), false);
            Delivery delivery = deliver(settings(server), new Envelope(ANN, List.of(bob), options), TEXT);
            assertThat(server.wrong()).isEmpty();
            assertThat(delivery.fates()).allMatch(fate -> fate instanceof Fate.Accepted taken && taken.dsn());
        }
    }

    @Test
    void deliverByAndTlsAllTheWayNeedARelayThatKnowsThem() throws Exception {
        Instant due = clock.instant().plusSeconds(120);
        EnvelopeOptions inTime = new EnvelopeOptions(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new DeliverBy(due, DeliverBy.Mode.RETURN, true)),
                false);
        EnvelopeOptions secret = new EnvelopeOptions(Optional.empty(), Optional.empty(), Optional.empty(), true);
        List<EnvelopeRecipient> bob = List.of(EnvelopeRecipient.of(BOB));
        try (ScriptedSmtp server = new ScriptedSmtp(null, HELLO + "C: QUIT\nS: 221", HELLO + "C: QUIT\nS: 221")) {
            assertThat(fates(deliver(settings(server), new Envelope(ANN, bob, inTime), TEXT)))
                    .containsExactly("Permanent 550 5.3.3");
            assertThat(fates(deliver(settings(server), new Envelope(ANN, bob, secret), TEXT)))
                    .containsExactly("Permanent 550 5.7.30");
            assertThat(server.wrong()).isEmpty();
        }
        String able = "S: 220 mx\nC: EHLO me.example\nS: 250-mx\nS: 250 DELIVERBY 60\n";
        try (ScriptedSmtp server = new ScriptedSmtp(
                null, able + "C: MAIL FROM:<ann@a.example> BY=120;RT\nS: 452 4.3.1 full\nC: QUIT\nS: 221")) {
            assertThat(fates(deliver(settings(server), new Envelope(ANN, bob, inTime), TEXT)))
                    .containsExactly("Temporary 452 4.3.1");
            assertThat(server.wrong()).isEmpty();
        }
    }

    @Test
    void whatDoesNotFitTheRelayIsRefusedHereOrConverted() throws Exception {
        String plain = "S: 220 mx\nC: EHLO me.example\nS: 250-mx\nS: 250 SIZE 300\n";
        String bye = "C: QUIT\nS: 221";
        try (ScriptedSmtp server = new ScriptedSmtp(
                null,
                plain + bye,
                plain + bye,
                plain + bye,
                plain
                        + "C: MAIL FROM:<ann@a.example>\nS: 250 ok\nC: RCPT TO:<bob@b.example>\nS: 250 ok\n"
                        + "C: DATA\nS: 354 go\nDATA\nS: 250 ok\n"
                        + bye)) {
            RelaySettings s = settings(server);
            assertThat(fates(deliver(s, Envelope.of(ANN, BOB), TEXT + "x".repeat(300))))
                    .containsExactly("Permanent 552 5.3.4");
            assertThat(fates(deliver(s, Envelope.of(ANN, path("j\u00f6rg@b.example")), TEXT)))
                    .containsExactly("Permanent 553 5.6.7");
            assertThat(fates(deliver(
                            s, Envelope.of(ANN, BOB), "Content-Type: multipart/mixed; boundary=x\r\n\r\n\u00e4")))
                    .containsExactly("Permanent 554 5.6.3");
            assertThat(fates(deliver(s, Envelope.of(ANN, BOB), "Subject: x\r\n\r\n\u00e4 and more and more")))
                    .containsExactly("Accepted 250");
            assertThat(server.wrong()).isEmpty();
            assertThat(server.messages().getFirst()).endsWith("=C3=A4 and more and more=\r\n.\r\n");
        }
    }

    @Test
    void binaryGoesInChunks() throws Exception {
        String text = "A: b\r\n\r\n\u0000.\n";
        try (ScriptedSmtp server = new ScriptedSmtp(null, """
                S: 220 mx
                C: EHLO me.example
                S: 250-mx
                S: 250-CHUNKING
                S: 250-BINARYMIME
                S: 250 SMTPUTF8
                C: MAIL FROM:<ann@a.example> BODY=BINARYMIME
                S: 250 ok
                C: RCPT TO:<bob@b.example>
                S: 250 ok
                C: BDAT 11 LAST
                TAKE 11
                S: 250 ok
                C: QUIT
                S: 221
                """)) {
            assertThat(fates(deliver(settings(server), Envelope.of(ANN, BOB), text)))
                    .containsExactly("Accepted 250");
            assertThat(server.wrong()).isEmpty();
            assertThat(server.messages()).containsExactly(text);
        }
    }

    @Test
    void utf8AddressesGoWhereTheyAreTaken() throws Exception {
        try (ScriptedSmtp server = new ScriptedSmtp(null, """
                S: 220 mx
                C: EHLO me.example
                S: 250-mx
                S: 250-8BITMIME
                S: 250 SMTPUTF8
                C: MAIL FROM:<ann@a.example> SMTPUTF8 BODY=8BITMIME
                S: 250 ok
                C: RCPT TO:<j\u00f6rg@b.example>
                S: 250 ok
                C: DATA
                S: 354 go
                DATA
                S: 250 ok
                C: QUIT
                S: 221
                """)) {
            Delivery delivery =
                    deliver(settings(server), Envelope.of(ANN, path("j\u00f6rg@b.example")), "A: \u00e4\r\n\r\n");
            assertThat(server.wrong()).isEmpty();
            assertThat(fates(delivery)).containsExactly("Accepted 250");
        }
    }

    @Test
    void lmtpAnswersForEachRecipientAndABreakForgetsNone() throws Exception {
        String begin = """
                S: 220 mx
                C: LHLO me.example
                S: 250-mx
                S: 250 PIPELINING
                C: MAIL FROM:<ann@a.example>
                C: RCPT TO:<bob@b.example>
                C: RCPT TO:<carl@c.example>
                S: 250 ok
                S: 250 ok
                S: 250 ok
                C: DATA
                S: 354 go
                DATA
                S: 250 2.1.5 bob
                """;
        try (ScriptedSmtp server =
                new ScriptedSmtp(null, begin + "S: 452 4.2.2 carl is full\nC: QUIT\nS: 221", begin + "DROP")) {
            assertThat(fates(deliver(lmtp(settings(server)), Envelope.of(ANN, BOB, CARL), TEXT)))
                    .containsExactly("Accepted 250 2.1.5", "Temporary 452 4.2.2");
            assertThat(fates(deliver(lmtp(settings(server)), Envelope.of(ANN, BOB, CARL), TEXT)))
                    .containsExactly("Accepted 250 2.1.5", "Temporary 421 4.4.2");
            assertThat(server.wrong()).isEmpty();
        }
    }

    @Test
    void manyRecipientsGoInSeveralTransactions() throws Exception {
        String rest = "S: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nDATA\nS: 250 ok\n";
        try (ScriptedSmtp server = new ScriptedSmtp(
                null,
                HELLO
                        + "C: MAIL FROM:<ann@a.example> SIZE=22\nC: RCPT TO:<bob@b.example>\n"
                        + rest
                        + "C: MAIL FROM:<ann@a.example> SIZE=22\nC: RCPT TO:<carl@c.example>\n"
                        + rest
                        + "C: QUIT\nS: 221")) {
            assertThat(fates(deliver(few(settings(server), 1), Envelope.of(ANN, BOB, CARL), TEXT)))
                    .containsExactly("Accepted 250", "Accepted 250");
            assertThat(server.wrong()).isEmpty();
        }
    }

    @Test
    void aRelayThatBreaksOffAnywhereLosesAndDecidesNothing() throws Exception {
        String[] stages = {
            "DROP",
            "S: 554 not you",
            "S: 220 mx\nC: EHLO *\nDROP",
            "S: 220 mx\nC: EHLO *\nS: 250-half\nDROP",
            "S: 220 mx\nC: EHLO *\nS: nonsense",
            "S: 220 mx\nC: EHLO *\nFLOOD",
            HELLO + "C: MAIL *\nDROP",
            HELLO + "C: MAIL *\nC: RCPT *\nS: 250 ok\nDROP",
            HELLO + "C: MAIL *\nC: RCPT *\nS: 421 4.3.2 closing\nDROP",
            HELLO + "C: MAIL *\nC: RCPT *\nS: 250 ok\nS: 250 ok\nC: DATA\nDROP",
            HELLO + "C: MAIL *\nC: RCPT *\nS: 250 ok\nS: 250 ok\nC: DATA\nS: 250 what",
            HELLO + "C: MAIL *\nC: RCPT *\nS: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nDATA\nDROP",
            HELLO + "C: MAIL *\nC: RCPT *\nS: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nDATA\nS: 421 closing\nDROP",
        };
        for (String stage : stages) {
            try (ScriptedSmtp server = new ScriptedSmtp(null, stage)) {
                Delivery delivery = deliver(settings(server), Envelope.of(ANN, BOB), TEXT);
                assertThat(delivery.fates()).as(stage).hasSize(1).allMatch(fate -> fate instanceof Fate.Temporary);
                assertThat(delivery.trouble()).as(stage).isPresent();
            }
        }
    }

    @Test
    void aRelayThatSaysNothingIsGivenUpAtEachStage() throws Exception {
        String[] stages = {
            "SILENT",
            "S: 220 mx\nSILENT",
            HELLO + "SILENT",
            HELLO + "C: MAIL *\nC: RCPT *\nS: 250 ok\nS: 250 ok\nC: DATA\nSILENT",
            HELLO + "C: MAIL *\nC: RCPT *\nS: 250 ok\nS: 250 ok\nC: DATA\nS: 354 go\nDATA\nSILENT",
        };
        for (String stage : stages) {
            try (ScriptedSmtp server = new ScriptedSmtp(null, stage)) {
                RelaySettings impatient = patience(settings(server), Duration.ofMillis(300));
                Delivery delivery = deliver(impatient, Envelope.of(ANN, BOB), TEXT);
                assertThat(delivery.fates().getFirst().reply().toString())
                        .as(stage)
                        .contains("took too long");
            }
        }
    }

    @Test
    void aRelayThatIsNotThereIsTrouble() throws Exception {
        int port;
        try (ScriptedSmtp server = new ScriptedSmtp(null)) {
            port = server.port();
        }
        Delivery delivery = deliver(RelaySettings.of("127.0.0.1", port, "me"), Envelope.of(ANN, BOB), TEXT);
        assertThat(fates(delivery)).containsExactly("Temporary 421 4.4.1");
        assertThat(delivery.trouble()).isPresent();
        Delivery nowhere = deliver(RelaySettings.of("no-such-host.invalid", 25, "me"), Envelope.of(ANN, BOB), TEXT);
        assertThat(nowhere.trouble()).isPresent();
    }

    @Test
    void itLogsInByWhatTheRelayKnows() throws Exception {
        String hello = "S: 220 mx\nC: EHLO me.example\nS: 250-mx\nS: 250 AUTH ";
        String done = "S: 235 2.7.0 in\nC: MAIL *\nS: 550 no\nC: QUIT\nS: 221";
        String[] dialogues = {
            "CRAM-MD5 PLAIN\nC: AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm\n" + done,
            "LOGIN\nC: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: dGlt\nS: 334 UGFzc3dvcmQ6\nC: dGFuc3RhYWZ0YW5zdGFhZg==\n"
                    + done,
            // RFC 2195 2
            "CRAM-MD5\nC: AUTH CRAM-MD5\nS: 334 PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\n"
                    + "C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\n"
                    + done,
        };
        for (String dialogue : dialogues) {
            try (ScriptedSmtp server = new ScriptedSmtp(null, hello + dialogue)) {
                deliver(login(settings(server), RelaySettings.Tls.NONE), Envelope.of(ANN, BOB), TEXT);
                assertThat(server.wrong()).isEmpty();
            }
        }
    }

    @Test
    void aPasswordThatIsRefusedIsTheOperatorsTroubleAndNotTheMessages() throws Exception {
        String hello = "S: 220 mx\nC: EHLO me.example\nS: 250-mx\nS: 250 AUTH PLAIN GSSAPI\n";
        try (ScriptedSmtp server = new ScriptedSmtp(null, hello + "C: AUTH *\nS: 535 5.7.8 no")) {
            Delivery delivery = deliver(login(settings(server), RelaySettings.Tls.NONE), Envelope.of(ANN, BOB), TEXT);
            assertThat(delivery.fates().getFirst()).isInstanceOf(Fate.Temporary.class);
            assertThat(delivery.trouble().orElseThrow().toString()).contains("does not let tim in");
        }
    }
}
