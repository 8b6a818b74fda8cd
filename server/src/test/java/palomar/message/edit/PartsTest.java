package palomar.message.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartsTest {
    private static final String[] NESTED = {
        "Subject: outer",
        "From: a@b.example",
        "Content-Type: multipart/mixed; boundary=out",
        "",
        "prologue",
        "--out",
        "Content-Type: multipart/alternative; boundary=in",
        "",
        "--in",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "plain",
        "--in",
        "Content-Type: text/html",
        "",
        "<p>html</p>",
        "--in--",
        "--out",
        "Content-Type: message/rfc822",
        "",
        "Subject: inner",
        "Content-Type: text/plain",
        "",
        "inner text",
        "--out",
        "Content-Type: application/exe; name=a.com",
        "Content-Disposition: attachment; filename*=utf-8''%C3%A4.com",
        "",
        "MZ",
        "--out--",
        "epilogue"
    };

    private static EditedMessage nested() throws IOException {
        return EditedMessageTest.message(NESTED);
    }

    private static List<String> types(PartCursor parts) throws IOException {
        List<String> types = new ArrayList<>();
        while (parts.next()) {
            types.add(parts.part().type() + "/" + parts.part().subtype());
        }
        return types;
    }

    /// Stands on the part with this number, from 0 for the message.
    private static PartCursor at(EditedMessage message, int number) throws IOException {
        PartCursor parts = message.parts();
        for (int i = 0; i <= number; i++) {
            assertThat(parts.next()).isTrue();
        }
        return parts;
    }

    private static String now(EditedMessage message) throws IOException {
        return EditedMessageTest.text(message.version().content());
    }

    @Test
    void walksEachPartBeforeThoseInsideIt() throws IOException {
        assertThat(types(nested().parts()))
                .containsExactly(
                        "multipart/mixed",
                        "multipart/alternative",
                        "text/plain",
                        "text/html",
                        "message/rfc822",
                        "text/plain",
                        "application/exe");
    }

    @Test
    void walksWhatIsInsideAPart() throws IOException {
        EditedMessage message = nested();
        assertThat(types(at(message, 0).inner())).hasSize(6).startsWith("multipart/alternative", "text/plain");
        assertThat(types(at(message, 1).inner())).containsExactly("text/plain", "text/html");
        assertThat(types(at(message, 4).inner())).containsExactly("text/plain");
        assertThat(types(at(message, 6).inner())).isEmpty();
        assertThat(types(EditedMessageTest.message("A: b", "", "x").parts())).containsExactly("text/plain");
    }

    @Test
    void readsHeadersOfParts() throws IOException {
        Part part = at(nested(), 6).part();
        Field disposition =
                part.header().first(FieldName.of("content-disposition")).orElseThrow();
        assertThat(disposition.content().value()).isEqualTo("attachment");
        assertThat(disposition.content().text("filename")).isEqualTo("ä.com");
        assertThat(part.header()
                        .first(Replacement.CONTENT_TYPE)
                        .orElseThrow()
                        .content()
                        .subtype())
                .isEqualTo("exe");
        assertThat(at(nested(), 5)
                        .part()
                        .header()
                        .first(FieldName.of("Subject"))
                        .map(Field::text))
                .hasValue("inner");
    }

    /// RFC 5703 9.1
    @Test
    void aPartIsReplacedByText() throws IOException {
        EditedMessage message = nested();
        MessageVersion before = message.version();
        message.replace(at(message, 6), "Executable attachment removed by user filter");
        String whole = String.join("\r\n", NESTED);
        String expected = whole.substring(0, whole.indexOf("Content-Type: application/exe"))
                + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
                + "Executable attachment removed by user filter\r\n--out--\r\nepilogue";
        assertThat(now(message)).isEqualTo(expected);
        assertThat(EditedMessageTest.text(before.content())).isEqualTo(whole);
        assertThat(types(message.parts())).endsWith("message/rfc822", "text/plain", "text/plain");
        assertThat(message.header().first(FieldName.of("subject")).map(Field::text))
                .hasValue("outer");
    }

    @Test
    void aReplacedMultipartIsNotEntered() throws IOException {
        EditedMessage message = nested();
        PartCursor parts = at(message, 1);
        message.replaceByEntity(
                parts, "Content-Type: multipart/mixed; boundary=new\n\n--new\n\nfirst\n--new\n\nsecond\n--new--\n");
        assertThat(types(parts.inner())).containsExactly("text/plain", "text/plain");
        assertThat(types(parts)).containsExactly("message/rfc822", "text/plain", "application/exe");
        assertThat(types(message.parts())).hasSize(7).startsWith("multipart/mixed", "multipart/mixed", "text/plain");
    }

    @Test
    void textThatLooksLikeADelimiterIsHidden() throws IOException {
        EditedMessage message = nested();
        message.replace(at(message, 2), "--out\n--in--\n-- \näöü");
        assertThat(types(message.parts())).hasSize(7);
        assertThat(types(EditedMessage.of(message.version().content()).parts())).hasSize(7);
        assertThat(at(message, 2).part().extractText(100)).isEqualTo("--out\r\n--in--\r\n-- \r\näöü");
        message.replaceByEntity(at(message, 2), "Content-Type: text/plain\n\n--out\nx\n--in");
        assertThat(types(EditedMessage.of(message.version().content()).parts())).hasSize(7);
        assertThat(at(message, 2).part().extractText(100)).isEqualTo(" --out\r\nx\r\n --in");
    }

    @Test
    void aReplacedMessageKeepsItsFields() throws IOException {
        EditedMessage message = nested();
        message.replaceAll("gone", Optional.of("größe"), Optional.of("Jörg <j@d.example>, k@d.example"));
        assertThat(now(message))
                .isEqualTo("Subject: =?UTF-8?Q?gr=C3=B6=C3=9Fe?=\r\nOriginal-Subject: outer\r\n"
                        + "From: =?UTF-8?Q?J=C3=B6rg?= <j@d.example>, k@d.example\r\nOriginal-From: a@b.example\r\n"
                        + "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                        + "Content-Transfer-Encoding: 7bit\r\n\r\ngone");
        message.remove(message.header().all(FieldName.of("Original-Subject")));
        assertThat(message.header().has(FieldName.of("Original-Subject"))).isTrue();
        message.add(Field.of("Original-Subject", "added"), true);
        message.remove(message.header().all(FieldName.of("Original-Subject")));
        assertThat(message.header().all(FieldName.of("Original-Subject")))
                .extracting(Field::text)
                .containsExactly("outer");
        assertThat(types(message.parts())).containsExactly("text/plain");
        message.restore();
        assertThat(now(message)).isEqualTo(String.join("\r\n", NESTED));
    }

    @Test
    void aWholeMessageIsReplacedByAnEntity() throws IOException {
        EditedMessage message = nested();
        message.replaceAllByEntity("Content-Type: text/html\nX-Other: no\nMIME-Version: 1.0\n\n<p>\n");
        assertThat(now(message))
                .isEqualTo(
                        "Subject: outer\r\nFrom: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>\r\n");
    }

    @Test
    void aMessageInsideKeepsItsFieldsToo() throws IOException {
        EditedMessage message = nested();
        message.replace(at(message, 5), "other");
        assertThat(now(message))
                .contains("message/rfc822\r\n\r\nSubject: inner\r\nMIME-Version: 1.0\r\nContent-Type: text/plain");
    }

    @Test
    void aMessageIsEnclosedAndTheWalkGoesOnInside() throws IOException {
        EditedMessage message = nested();
        PartCursor parts = at(message, 5);
        message.enclose(new Enclosure(
                Optional.of("Warning"),
                List.of(FieldName.of("from")),
                List.of(Field.of("From", "system@d.example"), Field.of("Date", "Mon, 1 Jan 2024 00:00:00 +0000")),
                "WARNING!\n",
                "out"));
        assertThat(now(message))
                .startsWith("From: a@b.example\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\nSubject: Warning\r\n"
                        + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"xout\"\r\n\r\n--xout\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\nWARNING!\r\n"
                        + "\r\n--xout\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
                        + String.join("\r\n", NESTED) + "\r\n--xout--\r\n");
        assertThat(parts.part().header().first(FieldName.of("Subject")).map(Field::text))
                .hasValue("inner");
        assertThat(types(parts)).containsExactly("application/exe");
        assertThat(types(message.parts())).hasSize(10);
        assertThat(message.header().first(FieldName.of("subject")).map(Field::text))
                .hasValue("Warning");
        message.enclose(new Enclosure(Optional.empty(), List.of(), List.of(), "again", "b"));
        assertThat(message.header().first(FieldName.of("subject")).map(Field::text))
                .hasValue("Warning");
        assertThat(types(message.parts())).hasSize(13);
    }

    @Test
    void aPartIsConverted() throws IOException {
        EditedMessage message = EditedMessageTest.message(
                "Subject: a",
                "Content-Type: text/html",
                "Content-Disposition: inline",
                "Content-MD5: x",
                "",
                "<p>hällo</p>");
        message.convert(
                at(message, 0), "text/plain; charset=utf-8", "hällo".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(now(message))
                .isEqualTo(
                        "Subject: a\r\nContent-Disposition: inline\r\nMIME-Version: 1.0\r\n"
                                + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nh=C3=A4llo");
        message.convert(at(message, 0), "image/png", new byte[100]);
        assertThat(now(message))
                .endsWith(
                        "Content-Transfer-Encoding: base64\r\n\r\n" + "A".repeat(76) + "\r\n" + "A".repeat(58) + "==");
        assertThat(at(message, 0).part().content().bytes().bytes()).isEqualTo(new byte[100]);
    }

    @Test
    void textIsExtractedStrictly() throws IOException {
        assertThat(text(
                        "Content-Type: text/plain; charset=iso-8859-1",
                        "Content-Transfer-Encoding: base64",
                        "",
                        "5PY="))
                .isEqualTo("äö");
        assertThat(text("Content-Type: text/plain; charset=utf-8", "", "äö😀x")).isEqualTo("äö😀");
        assertThat(text("Content-Type: text/plain; charset=nonsense", "", "abc"))
                .isEmpty();
        assertThat(text("Content-Type: text/plain", "Content-Transfer-Encoding: nonsense", "", "abc"))
                .isEmpty();
        assertThat(text(
                        "Content-Type: text/plain; charset=utf-8",
                        "Content-Transfer-Encoding: quoted-printable",
                        "",
                        "=FF"))
                .isEmpty();
        assertThat(text("Content-Type: text/plain; charset=utf-7", "", "+AOQ-bc"))
                .isEqualTo("äbc");
        assertThat(text("", "abcd")).isEqualTo("abc");
        assertThat(text("Content-Type: multipart/mixed; boundary=x", "", "--x", "", "abc", "--x--"))
                .isEmpty();
    }

    private static String text(String... lines) throws IOException {
        return EditedMessageTest.message(lines).root().extractText(3);
    }
}
