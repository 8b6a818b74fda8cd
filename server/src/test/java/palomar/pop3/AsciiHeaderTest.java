package palomar.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiHeaderTest {

    private static String of(String header) {
        return AsciiHeader.of(header.getBytes(StandardCharsets.UTF_8))
                .map(ascii -> new String(ascii, StandardCharsets.US_ASCII))
                .orElse("as it is");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Subject: plain \"a\" | as it is",
                "Subject: an Jörg | Subject: an =?UTF-8?Q?J=C3=B6rg?=",
                "Subject: ä ö x ü | Subject: =?UTF-8?Q?=C3=A4_=C3=B6?= x =?UTF-8?Q?=C3=BC?=",
                "X-Any: <ä> | X-Any: =?UTF-8?Q?=3C=C3=A4=3E?=",
                "From: Jörg Müller <j@x> | From: =?UTF-8?Q?J=C3=B6rg_M=C3=BCller?= <j@x>",
                "From: \"Müller, J.\" <j@x> | From: =?UTF-8?Q?M=C3=BCller=2C_J=2E?= <j@x>",
                "To: a@b, \"c, d\" <e@f>, ä@ü.de | To: a@b, \"c, d\" <e@f>, =?UTF-8?Q?=C3=A4?=@=?UTF-8?Q?=C3=BC?=.de",
                "Cc: g: (ä) a@b; | Cc: g: (=?UTF-8?Q?=C3=A4?=) a@b;",
                "Content-Type: a/b; name=\"ü 1\"; x=y | Content-Type: a/b; name=\"=?UTF-8?Q?=C3=BC_1?=\"; x=y",
                "Content-Type: a/b; name=ü; x=y | Content-Type: a/b; name=\"=?UTF-8?Q?=C3=BC?=\"; x=y",
                "no colon ä | no colon ?"
            })
    void whatIsBeyondAsciiStandsInEncodedWords(String header, String wanted) {
        String got = of(header + "\r\n\r\n");
        assertThat(got).isEqualTo(wanted.equals("as it is") ? wanted : wanted + "\r\n\r\n");
    }

    @Test
    void longTextsAreFoldedAndOtherFieldsStay() {
        String got = of("A: b\r\n c\r\nSubject: " + "äöü ".repeat(60) + "\r\nZ: z\r\n\r\n");
        assertThat(got).startsWith("A: b\r\n c\r\nSubject:\r\n =?").endsWith("?= \r\nZ: z\r\n\r\n");
        assertThat(got.lines()).allMatch(line -> line.length() <= 78);
    }

    @Test
    void headersInLatin1StayAsTheyAre() {
        assertThat(AsciiHeader.of("Subject: \u00fc\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(Optional.empty());
    }
}
