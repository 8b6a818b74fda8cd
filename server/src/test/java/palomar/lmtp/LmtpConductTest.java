package palomar.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import palomar.delivery.DeliverySettings;
import palomar.storage.QuotaLimits;
import palomar.testkit.WireClient;

/// Limits, trust, loops and leave-taking; what a transaction is: [LmtpSessionTest].
class LmtpConductTest extends LmtpDialogues {
    @Test
    void limitsAreKept() throws Exception {
        try (WireClient client = server.connect()) {
            LmtpServer.play(client, BEGIN + """
                    C: MAIL FROM:<a@b> SIZE=100001
                    S: 552 5.3.4
                    C: MAIL FROM:<a@b> SIZE=100000
                    S: 250
                    """);
            for (int i = 0; i < 20; i++) {
                client.line("RCPT TO:<bob>").expect("250 2.1.5");
            }
            client.line("RCPT TO:<carol>").expect("452 4.5.3");
            client.line("DATA").expect("354");
            client.send("x".repeat(999).concat("\r\n").repeat(101) + ".\r\n");
            for (int i = 0; i < 20; i++) {
                client.expect("552 5.3.4 <bob> message too big");
            }
            client.line("NOOP").expect("250");
            client.send("MAIL FROM:<>\r\nRCPT TO:<bob>\r\nBDAT 60000\r\n" + "x".repeat(60_000));
            client.expect("250");
            client.expect("250");
            client.expect("250 2.0.0 60000 bytes");
            client.send("BDAT 60000\r\n" + "x".repeat(60_000)).expect("552 5.3.4");
            client.send("BDAT 1 LAST\r\nx").expect("552 5.3.4 <bob>");
            client.line("BDAT 999999999999").expect("552 5.3.4");
            assertThat(client.atEnd()).isTrue();
        }
        assertThat(mail("bob", "INBOX")).isEmpty();
    }

    @Test
    void chunksWhoseEndCanNotBeToldEndTheSession() throws Exception {
        for (String command : List.of("BDAT x", "BDAT -1", "BDAT", "BDAT 3 FIRST")) {
            try (WireClient client = server.connect()) {
                LmtpServer.play(client, BEGIN + "C: MAIL FROM:<a@b>\nS: 250\nC: RCPT TO:<bob>\nS: 250\n");
                client.send(command + "\r\nRSET\r\nMAIL FROM:<forged@example.org>\r\n");
                client.expect("501 5.5.4");
                assertThat(client.atEnd()).as(command).isTrue();
            }
        }
    }

    @Test
    void dataWithoutRecipientsIsNoFaultOfAClientThatPipelines() throws Exception {
        try (WireClient client = server.connect()) {
            LmtpServer.play(client, BEGIN);
            for (int i = 0; i < 30; i++) {
                client.send("MAIL FROM:<a@b>\r\nRCPT TO:<nobody>\r\nDATA\r\nRSET\r\n");
                client.expect("250 2.1.0");
                client.expect("550 5.1.1");
                client.expect("503 5.5.1 no valid recipient");
                client.expect("250 2.0.0");
            }
        }
    }

    @Test
    void tooManyErrorsEndTheSession() throws Exception {
        try (WireClient client = server.connect()) {
            for (int i = 1; i < 20; i++) {
                client.line("NONSENSE").expect("500 5.5.2");
            }
            client.line("NONSENSE").expect("421 4.7.0");
            assertThat(client.atEnd()).isTrue();
        }
        try (WireClient client = server.connect()) {
            client.send("y".repeat(80_000)).expect("500 5.5.2 line too long");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void addressesBeyondAsciiNeedSmtputf8() throws Exception {
        play(BEGIN + """
                C: MAIL FROM:<älice@example.net>
                S: 553 5.6.7
                C: MAIL FROM:<a@b>
                S: 250
                C: RCPT TO:<björn@example.org>
                S: 553 5.6.7
                C: RSET
                S: 250
                C: MAIL FROM:<älice@example.net> SMTPUTF8
                S: 250 2.1.0 <älice@example.net>
                C: RCPT TO:<björn@example.org>
                S: 250 2.1.5 <björn@example.org>
                C: DATA
                S: 354
                C: .
                S: 250 2.0.0 <björn@example.org>
                """);
        String stored = new String(
                mail("björn", "INBOX").getFirst().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        assertThat(stored)
                .startsWith("Return-Path: <älice@example.net>\r\nDelivered-To: björn@example.org\r\n")
                .contains("with UTF8LMTP id");
    }

    @Test
    void whatWasSaidInPlainIsForgottenUnderTls() throws Exception {
        try (WireClient client = server.connect()) {
            LmtpServer.play(client, BEGIN + """
                    C: MAIL FROM:<a@b>
                    S: 250
                    """);
            client.send("STARTTLS\r\nNOOP\r\n").expect("220 2.0.0");
            client.startTls();
            LmtpServer.play(client, """
                    C: MAIL FROM:<a@b>
                    S: 503 5.5.1 say LHLO
                    C: LHLO mx.example.net
                    S: 250-mail
                    S: 250-PIPELINING
                    S: 250-SIZE
                    S: 250-8BITMIME
                    S: 250-BINARYMIME
                    S: 250-CHUNKING
                    S: 250-SMTPUTF8
                    S: 250-ENHANCED
                    S: 250 XCLIENT
                    C: STARTTLS
                    S: 503 5.5.1
                    C: MAIL FROM:<a@b>
                    S: 250
                    C: RCPT TO:<bob>
                    S: 250
                    C: DATA
                    S: 354
                    C: .
                    S: 250 2.0.0
                    """);
        }
        assertThat(mail("bob", "INBOX").getFirst()).contains(" with LMTPS id ");
    }

    @Test
    void aTrustedRelaySpeaksForItsClient() throws Exception {
        play("""
                C: XCLIENT ADDR=192.0.2.7 PORT=1234 HELO=evil(name).example LOGIN=joe
                S: 220 mail.example.org
                """ + BEGIN + """
                C: MAIL FROM:<a@b>
                S: 250
                C: XCLIENT ADDR=192.0.2.8
                S: 503 5.5.1
                C: RCPT TO:<bob>
                S: 250
                C: DATA
                S: 354
                C: .
                S: 250 2.0.0
                C: XCLIENT ADDR=mail.example.org
                S: 501 5.5.4
                C: XCLIENT PORT=99999
                S: 501 5.5.4
                C: XCLIENT ADDR=IPV6:2001:db8::1 NAME=x SOMETHING=new
                S: 220
                """);
        assertThat(mail("bob", "INBOX").getFirst()).contains("Received: from evil?name?.example ([192.0.2.7])\r\n");
        server.service.reload(LmtpSettings.usual());
        play("""
                C: XCLIENT ADDR=192.0.2.7
                S: 550 5.7.1
                """);
    }

    @Test
    void loopsEnd() throws Exception {
        try (WireClient client = server.connect()) {
            LmtpServer.play(client, BEGIN + """
                    C: MAIL FROM:<a@b>
                    S: 250
                    C: RCPT TO:<bob@example.org>
                    S: 250
                    C: RCPT TO:<carol@example.org>
                    S: 250
                    C: DATA
                    S: 354
                    C: delivered-to:  <Bob@Example.org>
                    C: Subject: x
                    C: Delivered-To: carol@example.org
                    C: .
                    S: 554 5.4.6 <bob@example.org> mail loop
                    S: 554 5.4.6 <carol@example.org> mail loop
                    """);
            for (int hops : new int[] {100, 101}) {
                client.send("MAIL FROM:<>\r\nRCPT TO:<bob>\r\nDATA\r\n");
                client.expect("250");
                client.expect("250");
                client.expect("354");
                client.send("Received: from x\r\n\tby y\r\n".repeat(hops) + "\r\nReceived: in the body\r\n.\r\n");
                client.expect(hops == 100 ? "250 2.0.0" : "554 5.4.6");
            }
        }
    }

    @Test
    void deliveredToInTheBodyIsNoLoop() throws Exception {
        try (WireClient client = server.connect()) {
            client.send("LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\nBDAT 47 LAST\r\n"
                    + "Subject: x\r\n\r\nDelivered-To: bob@example.org\r\n\r\n");
            for (int i = 0; i < 12; i++) {
                client.expect("250");
            }
            client.expect("250 2.0.0 <bob@example.org> stored");
        }
    }

    @Test
    void oneAddressTwiceGetsOneCopyAndTwoAnswers() throws Exception {
        play(BEGIN + """
                C: MAIL FROM:<a@b>
                S: 250
                C: RCPT TO:<bob>
                S: 250
                C: RCPT TO:<carol>
                S: 250
                C: RCPT TO:<bob>
                S: 250
                C: DATA
                S: 354
                C: .
                S: 250 2.0.0 <bob>
                S: 250 2.0.0 <carol>
                S: 250 2.0.0 <bob>
                """);
        assertThat(mail("bob", "INBOX")).hasSize(1);
    }

    @Test
    void aClientThatLeavesWithinAMessageLeavesNothing() throws Exception {
        for (String last : List.of("DATA\r\nhalf a mess", "BDAT 100\r\nhalf", "BDAT 4\r\nhalf", "DATA\r\n\r\n.\r")) {
            try (WireClient client = server.connect()) {
                client.send("LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob>\r\n" + last);
                for (int i = 0; i < 12; i++) {
                    client.expect("250");
                }
            }
        }
        server.network.stop(Duration.ofSeconds(20));
        assertThat(mail("bob", "INBOX")).isEmpty();
    }

    @Test
    void whatTheSenderWroteIsKeptWhereTheOperatorWantsIt() throws Exception {
        server.deliveries.reload(
                new DeliverySettings("mail.example.org", "+", true, false, 100_000, true, QuotaLimits.NONE));
        play(BEGIN + """
                C: MAIL FROM:<a@b>
                S: 250
                C: RCPT TO:<bob@example.org> ORCPT=rfc822;chief+2Bx@example.org
                S: 250
                C: RCPT TO:<bob@example.org> ORCPT=rfc822;other@example.org
                S: 250
                C: RCPT TO:<carol@example.org> ORCPT=rfc822;c+0D+0AEvil+3A+20x
                S: 501
                C: DATA
                S: 354
                C: A: b
                C: .
                S: 250
                S: 250
                """);
        assertThat(mail("bob", "INBOX"))
                .hasSize(1)
                .first(InstanceOfAssertFactories.STRING)
                .startsWith("Return-Path: <a@b>\r\nDelivered-To: bob@example.org\r\n"
                        + "Original-Recipient: rfc822;chief+x@example.org\r\nReceived: ");
    }

    @Test
    void aShutdownIsAnnounced() throws Exception {
        try (WireClient client = server.connect()) {
            client.line("NOOP").expect("250");
            server.network.stop(Duration.ofSeconds(20));
            client.expect("421 4.3.2 mail.example.org is shutting down");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void theDomainMayBePartOfTheUserAndDetailsMayMeanNothing() throws Exception {
        server.deliveries.reload(
                new DeliverySettings("mail.example.org", "", true, true, 1000, false, QuotaLimits.NONE));
        play("""
                C: LHLO x
                S: 250-mail
                S: 250-PIPE
                S: 250-SIZE 1000
                S: 250-8BIT
                S: 250-BINARY
                S: 250-CHUNK
                S: 250-SMTPUTF8
                S: 250-ENH
                S: 250-START
                S: 250 XCL
                C: MAIL FROM:<a@b>
                S: 250
                C: RCPT TO:<bob@example.org>
                S: 550 5.1.1
                C: RCPT TO:<bob+lists>
                S: 550 5.1.1
                C: RCPT TO:<bob>
                S: 250
                """);
    }
}
