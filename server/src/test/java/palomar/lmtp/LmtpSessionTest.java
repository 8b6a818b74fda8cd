package palomar.lmtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import palomar.delivery.DeliverySettings;
import palomar.mail.MailError;
import palomar.net.Cidr;
import palomar.storage.QuotaLimits;
import palomar.testkit.WireClient;

class LmtpSessionTest extends LmtpDialogues {
    @Test
    void eachRecipientHasAnAnswerAndACopy() throws Exception {
        play(BEGIN + """
                C: MAIL FROM:<alice@example.net> SIZE=100 BODY=8BITMIME RET=HDRS ENVID=x
                S: 250 2.1.0 <alice@example.net> OK
                C: RCPT TO:<bob@example.org> NOTIFY=NEVER ORCPT=rfc822;bob@example.org
                S: 250 2.1.5 <bob@example.org> OK
                C: RCPT TO:<nobody@example.org>
                S: 550 5.1.1 <nobody@example.org> no such user
                C: RCPT TO:<bob+lists@example.org>
                S: 250 2.1.5
                C: RCPT TO:<carol+absent@example.org>
                S: 250 2.1.5
                C: DATA
                S: 354
                C: Subject: hello
                C:\s
                C: ..dots
                C: .
                S: 250 2.0.0 <bob@example.org> stored
                S: 250 2.0.0 <bob+lists@example.org> stored
                S: 250 2.0.0 <carol+absent@example.org> stored
                C: QUIT
                S: 221 2.0.0
                """);
        List<String> inbox = mail("bob", "INBOX");
        assertThat(inbox).hasSize(1);
        assertThat(inbox.getFirst())
                .startsWith("Return-Path: <alice@example.net>\r\nDelivered-To: bob@example.org\r\n"
                        + "Received: from mx.example.net ([127.0.0.1])\r\n\tby mail.example.org with LMTP id ")
                .contains(";\r\n\tFri, 20 Nov 2026 11:00:00 +0100\r\nSubject: hello\r\n\r\n.dots\r\n")
                .doesNotContain("\tfor ");
        assertThat(mail("bob", "lists")).hasSize(1);
        assertThat(mail("bob", "lists").getFirst()).contains("Delivered-To: bob+lists@example.org\r\n");
        assertThat(mail("carol", "INBOX")).hasSize(1);
        assertThat(inbox.getFirst().substring(inbox.getFirst().indexOf("Received:")))
                .isEqualTo(mail("bob", "lists")
                        .getFirst()
                        .substring(mail("bob", "lists").getFirst().indexOf("Received:")));
    }

    @Test
    void aWholeTransactionMayComeInOnePacket() throws Exception {
        try (WireClient client = server.connect()) {
            client.send("LHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<bob>\r\nBDAT 5\r\na: b\nBDAT 6 LAST\r\n\r\nbodyQUIT\r\n");
            for (int i = 0; i < 10; i++) {
                client.expect("250");
            }
            for (String expected :
                    List.of("250 2.1.0 <>", "250 2.1.5 <bob>", "250 2.0.0 5 ", "250 2.0.0 <bob> stored", "221")) {
                client.expect(expected);
            }
            assertThat(client.atEnd()).isTrue();
        }
        assertThat(mail("bob", "INBOX").getFirst())
                .startsWith("Return-Path: <>\r\nDelivered-To: bob\r\nReceived: ")
                .contains("\tfor <bob>;\r\n")
                .endsWith("\r\na: b\n\r\nbody");
    }

    @Test
    void nothingButTheRightEndEndsAMessage() throws Exception {
        String content = "a\n.\nMAIL FROM:<x@x>\r\n.\rb\r\n.\n.\r\n\r\nc\u0000\u00ff\r\n";
        try (WireClient client = server.connect()) {
            LmtpServer.play(client, BEGIN + """
                    C: MAIL FROM:<a@b>
                    S: 250
                    C: RCPT TO:<bob>
                    S: 250
                    C: DATA
                    S: 354
                    """);
            client.send(content.replace("\r\n.", "\r\n..") + ".\r\n").expect("250 2.0.0");
        }
        assertThat(mail("bob", "INBOX").getFirst()).endsWith("+0100\r\n" + content);
    }

    @Test
    void commandsOutOfOrderAreRefused() throws Exception {
        play("""
                C: MAIL FROM:<a@b>
                S: 503 5.5.1
                C: DATA
                S: 503 5.5.1
                C: EHLO x
                S: 500 5.5.1
                C: HELO x
                S: 500 5.5.1
                """);
        play(BEGIN + """
                C: RCPT TO:<bob>
                S: 503 5.5.1
                C: DATA
                S: 503 5.5.1
                C: MAIL FROM:<a@b>
                S: 250
                C: MAIL FROM:<a@b>
                S: 503 5.5.1
                C: DATA
                S: 503 5.5.1 no valid recipient
                C: RCPT TO:<nobody>
                S: 550 5.1.1
                C: DATA
                S: 503 5.5.1 no valid recipient
                C: RSET
                S: 250 2.0.0
                C: RCPT TO:<bob>
                S: 503 5.5.1
                C: MAIL FROM:<a@b> BODY=BINARYMIME
                S: 250
                C: RCPT TO:<bob>
                S: 250
                C: DATA
                S: 503 5.5.1 a BINARYMIME
                C: BDAT 0
                S: 250 2.0.0 0 bytes
                C: DATA
                S: 503 5.5.1
                C: RCPT TO:<carol>
                S: 503 5.5.1
                C: NOOP
                S: 250 2.0.0
                C: VRFY bob
                S: 252 2.3.3
                C: HELP
                S: 214 2.0.0
                C: BDAT 0 LAST
                S: 250 2.0.0 <bob> stored
                C: LHLO again
                S: 250-
                """);
    }

    @Test
    void chunksWithoutRecipientsAreReadAndAnsweredAsTheRfcSays() throws Exception {
        try (WireClient client = server.connect()) {
            client.send("BDAT 3\r\nabc").expect("503 5.5.1 say LHLO");
            LmtpServer.play(client, BEGIN);
            client.send("BDAT 3 LAST\r\nabc").expect("503 5.5.1 say MAIL");
            client.send("MAIL FROM:<a@b>\r\nRCPT TO:<nobody>\r\nBDAT 3\r\nabcBDAT 3 LAST\r\nabcNOOP\r\n");
            client.expect("250 2.1.0");
            client.expect("550 5.1.1");
            client.expect("503 5.5.1 no valid recipient");
            client.expect("250 2.0.0 OK"); // BDAT LAST answers nobody: RFC 2033 4.3
        }
    }

    @Test
    void whoIsFullGetsNoMoreAndOthersDo() throws Exception {
        server.deliveries.reload(new DeliverySettings(
                "mail.example.org", "+", true, false, 100_000, false, QuotaLimits.NONE.withMessages(1)));
        String again = """
                C: MAIL FROM:<a@b>
                S: 250
                C: RCPT TO:<bob>
                S: 250
                C: RCPT TO:<carol>
                S: 250
                C: DATA
                S: 354
                C: x
                C: .
                """;
        play(BEGIN + again.replace("C: RCPT TO:<carol>\nS: 250\n", "") + "S: 250 2.0.0 <bob>\n" + again + """
                S: 452 4.2.2 <bob>
                S: 250 2.0.0 <carol>
                """);
        server.service.reload(new LmtpSettings(20, Duration.ofMinutes(5), false, List.of(Cidr.parse("127.0.0.1"))));
        play(BEGIN + again + """
                S: 552 5.2.2 <bob>
                S: 552 5.2.2 <carol>
                """);
    }

    @Test
    void refusalsOfTheStoreHaveTheirCodes() throws Exception {
        for (Object[] row : new Object[][] {
            {MailError.OVER_QUOTA, "452 4.2.2 <carol>"},
            {MailError.DISK_FULL, "452 4.3.1 <carol>"},
            {MailError.UNAVAILABLE, "451 4.3.0 <carol>"},
            {MailError.CORRUPTION, "451 4.3.0 <carol>"},
            {MailError.NO_PERMISSION, "550 5.7.1 <carol>"},
            {MailError.LIMIT, "552 5.3.4 <carol>"},
        }) {
            server.storage.refused.put("carol", (MailError) row[0]);
            play(BEGIN + """
                    C: MAIL FROM:<a@b>
                    S: 250
                    C: RCPT TO:<bob>
                    S: 250
                    C: RCPT TO:<carol>
                    S: 250
                    C: RCPT TO:<dave>
                    S: 250
                    C: DATA
                    S: 354
                    C: .
                    S: 250 2.0.0 <bob>
                    S: %s
                    S: 250 2.0.0 <dave>
                    """.formatted(row[1]));
        }
        server.service.reload(new LmtpSettings(20, Duration.ofMinutes(5), false, List.of()));
        server.storage.refused.put("carol", MailError.OVER_QUOTA);
        try (WireClient client = server.connect()) {
            client.send("LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<carol>\r\nBDAT 1 LAST\r\nx");
            String last = "";
            for (int i = 0; i < 12; i++) {
                last = client.readLine();
            }
            assertThat(last).startsWith("552 5.2.2 <carol>");
        }
        play("""
                C: LHLO x
                S: 250-
                S: 250-
                S: 250-
                S: 250-
                S: 250-
                S: 250-
                S: 250-
                S: 250-
                S: 250 STARTTLS
                C: MAIL FROM:<a@b>
                S: 250
                C: RCPT TO:<away@example.org>
                S: 451 4.3.0 <away@example.org> the user database is away
                """);
    }

    @Test
    void afterTroubleTheSessionGoesOn() throws Exception {
        String toBob = BEGIN + """
                C: MAIL FROM:<a@b>
                S: 250
                C: RCPT TO:<bob>
                S: 250
                """;
        server.storage.staging = MailError.DISK_FULL;
        try (WireClient client = server.connect()) {
            LmtpServer.play(client, toBob + """
                    C: DATA
                    S: 354
                    C: x
                    C: .
                    S: 452 4.3.1 <bob>
                    C: MAIL FROM:<a@b>
                    S: 250
                    C: RCPT TO:<bob>
                    S: 250
                    """);
            client.send("BDAT 2\r\n\r\nBDAT 1 LAST\r\nx");
            client.expect("452 4.3.1 as told");
            client.expect("452 4.3.1 <bob>");
            server.storage.staging = null;
            server.storage.broken = true;
            client.send("MAIL FROM:<>\r\nRCPT TO:<bob>\r\nRCPT TO:<carol>\r\nBDAT 1 LAST\r\nx");
            client.expect("250");
            client.expect("250");
            client.expect("250");
            client.expect("451 4.3.0 internal error, reference ");
            client.expect("451 4.3.0 internal error, reference ");
            server.storage.broken = false;
            client.send("MAIL FROM:<>\r\nRCPT TO:<bob>\r\nBDAT 1 LAST\r\nx");
            client.expect("250");
            client.expect("250");
            client.expect("250 2.0.0 <bob> stored");
        }
        assertThat(mail("bob", "INBOX")).hasSize(1);
    }
}
