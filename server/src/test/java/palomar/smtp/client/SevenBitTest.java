package palomar.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.smtp.proto.SmtpCommand.Body;

class SevenBitTest {
    private static OutgoingContent content(String text) throws IOException {
        return OutgoingContent.of(ByteSource.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String converted(String text) throws IOException {
        Optional<SevenBit> seven = SevenBit.of(content(text));
        assertThat(seven).isPresent();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        seven.get().writeTo(out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aTextBecomesQuotedPrintable() throws IOException {
        assertThat(
                        converted(
                                "Subject: a\r\nContent-Type: text/plain;\r\n charset=utf-8\r\n"
                                        + "Content-Transfer-Encoding: 8bit\r\n\r\nGr\u00fc\u00dfe aus =K\u00f6ln and much more text \r\nend"))
                .isEqualTo("Subject: a\r\nContent-Type: text/plain;\r\n charset=utf-8\r\nMIME-Version: 1.0\r\n"
                        + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                        + "Gr=C3=BC=C3=9Fe aus =3DK=C3=B6ln and much more text=20\r\nend=\r\n");
    }

    @Test
    void aTextWithoutATypeSaysThatItsCharsetIsUnknown() throws IOException {
        assertThat(converted("Subject: a\n\n\u00e4 and a long row of plain letters\n"))
                .isEqualTo("Subject: a\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=unknown-8bit\r\n"
                        + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                        + "=C3=A4 and a long row of plain letters\r\n");
    }

    @Test
    void aTextOfMostlyOtherLettersBecomesBase64() throws IOException {
        String body = "\u65e5\u672c\u8a9e\r\n".repeat(40);
        String text = converted("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body);
        assertThat(text).contains("Content-Transfer-Encoding: base64\r\n\r\n");
        String encoded = text.substring(text.indexOf("\r\n\r\n") + 4);
        assertThat(encoded.lines()).allMatch(line -> line.length() <= 76);
        assertThat(new String(java.util.Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8))
                .isEqualTo(body);
    }

    @Test
    void noLineOfQuotedPrintableIsLongerThan76() throws IOException {
        String text = converted("Content-Type: text/plain\r\n\r\n" + "a \u00e4b\tcdefgh".repeat(300) + "\r\n");
        assertThat(text.lines()).allMatch(line -> line.length() <= 76);
    }

    @Test
    void whatIsNotSimpleIsLeft() throws IOException {
        String[] others = {
            "Content-Type: multipart/mixed; boundary=x\r\n\r\n\u00e4",
            "Content-Type: image/png\r\n\r\n\u00e4",
            "Content-Transfer-Encoding: base64\r\n\r\n\u00e4",
            "Subject: \u00e4\r\n\r\n\u00e4",
            "Subject: no body",
            "no header at all \r\n\r\nx\u00e4",
        };
        for (String other : others) {
            assertThat(SevenBit.of(content(other))).as(other).isEmpty();
        }
    }

    @Test
    void factsTellWhatARelayMustCarry() throws IOException {
        assertThat(content("a: b\r\n\r\nplain").facts()).isEqualTo(new ContentFacts(Body.SEVEN_BIT, 0, true));
        assertThat(content("a: b\r\n\r\n\u00e4").facts()).isEqualTo(new ContentFacts(Body.EIGHT_BIT, 2, true));
        assertThat(content("a: \u00e4\r\n\r\nx").facts()).isEqualTo(new ContentFacts(Body.EIGHT_BIT, 2, false));
        assertThat(content("a: b\r\n\r\nx\u0000y and so on").facts()).isEqualTo(new ContentFacts(Body.BINARY, 0, true));
        assertThat(content("a: b\r\n\r\n" + "12345678".repeat(3) + "\u0080")
                        .facts()
                        .highBytes())
                .isEqualTo(2);
    }
}
