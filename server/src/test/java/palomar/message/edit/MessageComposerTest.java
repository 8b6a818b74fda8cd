package palomar.message.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.message.AddrSpec;

class MessageComposerTest {
    private static final ByteSource ORIGINAL = EditedMessageTest.source("Subject: hällo\r\n\r\nbody\r\n");

    private static MessageComposer reply() {
        return new MessageComposer()
                .addresses(
                        "From",
                        AddrSpec.mailboxes("\"Müller, Jörg\" <j@example.com>").orElseThrow())
                .address("To", AddrSpec.parse("bob@example.org").orElseThrow())
                .field("Subject", "Auto: größe")
                .date(Instant.EPOCH, ZoneId.of("Europe/Berlin"))
                .field("Auto-Submitted", "auto-replied");
    }

    @Test
    void writesATextReply() throws IOException {
        assertThat(EditedMessageTest.text(reply().text("I'm away.\nBye")))
                .isEqualTo("From: =?UTF-8?Q?M=C3=BCller=2C_J=C3=B6rg?= <j@example.com>\r\nTo: bob@example.org\r\n"
                        + "Subject: Auto: =?UTF-8?Q?gr=C3=B6=C3=9Fe?=\r\nDate: Thu, 01 Jan 1970 01:00:00 +0100\r\n"
                        + "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
                        + "I'm away.\r\nBye\r\n");
    }

    @Test
    void encodesTextBeyondShortAscii() throws IOException {
        String text = "äöü \n" + "x".repeat(2000) + "\nFrom here\n.\n-- \ntab\t";
        EditedMessage sent = EditedMessage.of(reply().text(text));
        assertThat(EditedMessageTest.text(sent.version().content()).split("\r\n"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(78));
        assertThat(sent.root().content().encoding()).isEqualTo("quoted-printable");
        assertThat(sent.root().extractText(10_000)).isEqualTo(text.replace("\n", "\r\n") + "\r\n");
    }

    /// RFC 5230 4.3
    @Test
    void takesOverAnEntity() throws IOException {
        String entity = "Content-Type: text/html; charset=utf-8\nBcc: spam@example.net\n\n<p>ä\n";
        assertThat(EditedMessageTest.text(
                        new MessageComposer().field("To", "a@b").entity(entity)))
                .isEqualTo("To: a@b\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>ä\r\n");
        assertThat(EditedMessageTest.text(new MessageComposer().entity("just text")))
                .endsWith("Content-Transfer-Encoding: 7bit\r\n\r\njust text\r\n");
    }

    @Test
    void quotesNamesOnlyWhereItMust() {
        assertThat(AddressWriter.field(
                                "To",
                                AddrSpec.mailboxes("A B <a@b.example>, \"C, \\\"D\\\"\" <c@d.example>, e@f.example")
                                        .orElseThrow())
                        .value())
                .isEqualTo("A B <a@b.example>, \"C, \\\"D\\\"\" <c@d.example>, e@f.example");
    }

    private static String parts(EditedMessage message) throws IOException {
        StringBuilder types = new StringBuilder();
        for (PartCursor parts = message.parts(); parts.next(); ) {
            types.append(parts.part().type())
                    .append('/')
                    .append(parts.part().subtype())
                    .append(' ');
        }
        return types.toString();
    }

    private static Report.Subject about(boolean headerOnly) {
        return new Report.Subject(
                "jü@example.com",
                Optional.of("rfc822;j@example.com"),
                Optional.of("<1@example.org>"),
                ORIGINAL,
                headerOnly);
    }

    /// RFC 8098, RFC 5429 2.2.1
    @Test
    void writesAnMdnThatRefuses() throws IOException {
        Report report = Report.refusal("mail.example.com; Palomar", "No.", about(false));
        String sent = EditedMessageTest.text(
                new MessageComposer().field("Subject", "Rejected").report(report, "b"));
        assertThat(sent)
                .isEqualTo("Subject: Rejected\r\nMIME-Version: 1.0\r\n"
                        + "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\n"
                                .replace("; boundary", ";\r\n boundary")
                        + "Content-Transfer-Encoding: 8bit\r\n\r\n--b\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\nNo."
                        + "\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
                        + "Reporting-UA: mail.example.com; Palomar\r\nOriginal-Recipient: rfc822;j@example.com\r\n"
                        + "Final-Recipient: utf-8; j\\x{FC}@example.com\r\nOriginal-Message-ID: <1@example.org>\r\n"
                        + "Disposition: automatic-action/MDN-sent-automatically; deleted\r\n\r\n"
                        + "\r\n--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                        + "Subject: hällo\r\n\r\nbody\r\n\r\n--b--\r\n");
    }

    @Test
    void writesOtherReports() throws IOException {
        Report failure =
                Report.failure(new Report.Failure("mx.example.com", "5.7.1", "smtp; 550 5.7.1 no"), "no", about(true));
        EditedMessage dsn = EditedMessage.of(new MessageComposer().report(failure, "b"));
        assertThat(parts(dsn)).isEqualTo("multipart/report text/plain message/delivery-status text/rfc822-headers ");
        String text = EditedMessageTest.text(dsn.version().content());
        assertThat(text)
                .contains(
                        "\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\nOriginal-Recipient: rfc822;j@example.com\r\n")
                .contains("\r\nAction: failed\r\nStatus: 5.7.1\r\nDiagnostic-Code: smtp; 550 5.7.1 no\r\n\r\n")
                .endsWith("\r\n\r\nSubject: hällo\r\n\r\n\r\n--b--\r\n");
        Report abuse =
                Report.feedback(new Report.Complaint("abuse", "Palomar/1", Optional.of("")), "spam", about(false));
        EditedMessage arf = EditedMessage.of(new MessageComposer().report(abuse, "b"));
        assertThat(parts(arf))
                .isEqualTo("multipart/report text/plain message/feedback-report message/rfc822 text/plain ");
        assertThat(EditedMessageTest.text(arf.version().content()))
                .contains("report-type=feedback-report")
                .contains("Feedback-Type: abuse\r\nUser-Agent: Palomar/1\r\nVersion: 1\r\nOriginal-Mail-From: <>\r\n");
    }

    @Test
    void choosesABoundaryThatTheMessageDoesNotHave() throws IOException {
        Report.Subject about = new Report.Subject(
                "a@b",
                Optional.empty(),
                Optional.empty(),
                EditedMessageTest.source("A: b\r\n\r\n--b\r\n--xb--\r\n"),
                false);
        EditedMessage sent = EditedMessage.of(new MessageComposer().report(Report.refusal("h", "x", about), "b"));
        assertThat(sent.root().boundary()).containsExactly("xxb");
        assertThat(parts(sent)).endsWith("message/rfc822 text/plain ");
    }

    @Test
    void writesParameters() throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("a", "token");
        parameters.put("b", "two \"words\"");
        parameters.put("filename", "größe.txt");
        parameters.put("long", "ä".repeat(60));
        String lines = written(parameters);
        assertThat(lines.split("\r\n")).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(78));
        Field field = Field.ofLines(lines, false);
        parameters.forEach(
                (name, value) -> assertThat(field.content().text(name)).isEqualTo(value));
        assertThat(lines).contains("a=token; b=\"two \\\"words\\\"\"").contains("filename*=utf-8''gr%C3%B6%C3%9Fe.txt");
    }

    private static String written(Map<String, String> parameters) throws IOException {
        String text = EditedMessageTest.text(new MessageComposer()
                .content("Content-Disposition", "attachment", parameters)
                .text(""));
        return text.substring(0, text.indexOf("MIME-Version"));
    }

    private static ReplyIds ids(String... header) throws IOException {
        return ReplyIds.to(EditedMessageTest.message(header).header());
    }

    /// RFC 5322 3.6.4
    @Test
    void tiesRepliesToWhatTheyAnswer() throws IOException {
        ReplyIds chain = ids("Message-ID: <3@x>", "References: <1@x>\r\n <2@x> <1@ x>", "In-Reply-To: <9@x>", "");
        assertThat(chain.inReplyTo()).hasValue("<3@x>");
        assertThat(chain.references()).containsExactly("<1@x>", "<2@x>", "<1@x>", "<3@x>");
        assertThat(ids("Message-ID: <3@x>", "In-Reply-To: <9@x>", "").references())
                .containsExactly("<9@x>", "<3@x>");
        assertThat(ids("Message-ID: <3@x>", "In-Reply-To: <9@x> <8@x>", "").references())
                .containsExactly("<3@x>");
        assertThat(ids("References: <1@x>", "").references()).isEmpty();
        assertThat(ids("Message-ID: broken", "").inReplyTo()).isEmpty();
        assertThat(ids("Message-ID: <0@x>", "References: " + "<a@x> ".repeat(100), "")
                        .references())
                .hasSize(20)
                .endsWith("<0@x>");
        MessageComposer composer = new MessageComposer().inReplyTo(chain);
        assertThat(EditedMessageTest.text(composer.text("")))
                .startsWith("In-Reply-To: <3@x>\r\nReferences: <1@x> <2@x> <1@x> <3@x>\r\n");
    }

    @Test
    void elementsOfMimeFields() throws IOException {
        Header header = EditedMessageTest.message(
                        "Content-Type: Text/HTML; charset=x",
                        "Content-Disposition: inline; filename=\"=?utf-8?q?=C3=A4?=\"",
                        "X: a/b",
                        "")
                .header();
        Field type = header.field(0);
        assertThat(MimeElement.TYPE.of(type)).isEqualTo("Text");
        assertThat(MimeElement.SUBTYPE.of(type)).isEqualTo("HTML");
        assertThat(MimeElement.CONTENTTYPE.of(type)).isEqualTo("Text/HTML");
        Field disposition = header.field(1);
        assertThat(MimeElement.TYPE.of(disposition)).isEqualTo("inline");
        assertThat(MimeElement.SUBTYPE.of(disposition)).isEmpty();
        assertThat(MimeElement.CONTENTTYPE.of(disposition)).isEqualTo("inline");
        assertThat(MimeElement.parameters(disposition, List.of("x", "FileName")))
                .containsExactly("ä");
        assertThat(MimeElement.TYPE.of(header.field(2))).isEmpty();
        assertThat(MimeElement.TYPE.of(Field.of("Content-Type", "nonsense"))).isNull();
        assertThat(MimeElement.named("contentType")).hasValue(MimeElement.CONTENTTYPE);
    }
}
