package palomar.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.bytes.ByteSource;
import palomar.message.HeaderText;
import palomar.testkit.Seeds;

class HeaderConversionTest {
    private static String convert(String header, String charset) throws IOException, Unconvertible {
        byte[] bytes = HeaderConversion.convert(
                ByteSource.of(header.getBytes(StandardCharsets.ISO_8859_1)), Map.of("charset", charset));
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Subject: =?KOI8-R?Q?why_encode_this?=                  | Subject: =?utf-8?Q?why_encode_this?=
            Subject: =?iso-8859-1?Q?Gr=FC=DFe?=                    | Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
            Subject: =?koi8-r?B?8NLJ18XU?=                         | Subject: =?utf-8?B?0J/RgNC40LLQtdGC?=
            Subject: =?x-nothing?Q?a?= =?utf-8?Q?b?=               | Subject: =?x-nothing?Q?a?= =?utf-8?Q?b?=
            From: =?iso-8859-1?Q?J=F6rg?= <j@example.org>          | From: =?utf-8?Q?J=C3=B6rg?= <j@example.org>
            Subject: =?utf-8?Q?=C3?= =?utf-8?Q?=BC_?=x             | Subject: =?utf-8?Q?=C3=BC_?=x
            Subject: =?utf-8?Q?=C3?=                               | Subject: =?utf-8?Q?=C3?=
            Subject: =?utf-8*de?Q?a?=                              | Subject: =?utf-8?Q?a?=
            Subject: =?utf-8?X?a?= =?utf-8?Q?                      | Subject: =?utf-8?X?a?= =?utf-8?Q?
            X: plain                                               | X: plain
            """)
    void encodedWordsChangeTheirCharset(String before, String after) throws IOException, Unconvertible {
        assertThat(convert(before + "\r\n\r\n", "utf-8")).isEqualTo(after + "\r\n\r\n");
    }

    @Test
    void longTextsAreCutIntoWords() throws IOException, Unconvertible {
        String text = "Ω≈ç√ ".repeat(60);
        String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        String word = "=?utf-8?B?" + base64 + "?=";
        String converted = convert("Subject: " + word + "\r\nTo: x\r\n", "utf-16be");
        assertThat(converted.split("\r\n"))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(78));
        String subject = converted.substring(9, converted.indexOf("\r\nTo")).replace("\r\n", "");
        assertThat(HeaderText.decode(subject)).isEqualTo(text);
    }

    /// RFC 5259 6, in a charset in which it is valid.
    @Test
    void encodedParametersArePutTogetherAndCutAgain() throws IOException, Unconvertible {
        String before = "Content-Type: text/plain; charset=utf-8;\r\n foo*0*=iso-8859-1'fr'tr%e0;\r\n"
                + " foo*1*(very)=%20s_m%e0;\r\n foo*2*=(nasty)%20chant\r\n";
        assertThat(convert(before, "utf-8"))
                .isEqualTo("Content-Type: text/plain; charset=utf-8;\r\n"
                        + " foo*=utf-8'fr'tr%c3%a0%20s_m%c3%a0%20chant (very)(nasty)\r\n");
        String name = "%e4".repeat(60);
        String converted = convert("Content-Disposition: attachment; filename*=iso-8859-1''" + name + "\r\n", "utf-8");
        assertThat(converted).contains("filename*0*=utf-8''%c3%a4").contains("filename*1*=%c3");
        assertThat(converted.split("\r\n"))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(78));
    }

    /// RFC 5259 6, as it stands there: its bytes are not UTF-8, and stay what they are.
    @Test
    void whatIsInTheCharsetAlreadyKeepsItsBytes() throws IOException, Unconvertible {
        String before = "Content-Type: text/plain; charset=utf-8;\r\n foo*0*=utf-8'fr'tr%c0;\r\n"
                + " foo*1*(very)=%03s_m%c0;\r\n foo*2*=(nasty)%09chant\r\n\r\n";
        assertThat(convert(before, "utf-8"))
                .isEqualTo("Content-Type: text/plain; charset=utf-8;\r\n"
                        + " foo*=utf-8'fr'tr%c0%03s_m%c0%09chant (very)(nasty)\r\n\r\n");
    }

    @Test
    void nothingMakesItThrowAndPlainHeadersStayAsTheyAre() throws IOException {
        RandomGenerator random = Seeds.random("headers");
        String[] pieces = {
            "=?",
            "?=",
            "utf-8",
            "?Q?",
            "?b?",
            "=C3",
            " ",
            "\r\n ",
            "\r\n",
            "\n",
            ":",
            "Content-Type",
            ";",
            "foo*0*=",
            "*",
            "'",
            "%",
            "%c3",
            "(",
            ")",
            "\"",
            "\\",
            "iso-8859-1",
            "x",
            "ü",
            "=",
            "foo*1=",
            "*=",
            "utf-8''",
            "koi8-r"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder header = new StringBuilder(round % 2 == 0 ? "Content-Type: a/b;" : "");
            for (int i = random.nextInt(20); i > 0; i--) {
                header.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                String converted = convert(header.toString(), round % 3 == 0 ? "us-ascii" : "utf-8");
                if (header.indexOf("=?") < 0 && header.indexOf("*") < 0) {
                    assertThat(converted).as("seed " + Seeds.seed()).isEqualTo(header.toString());
                }
            } catch (Unconvertible lacking) {
                assertThat(lacking.parameters()).as("seed " + Seeds.seed()).containsExactly("charset");
            }
        }
    }

    @Test
    void headersFullOfBeginningsAreReadInNoTime() throws IOException, Unconvertible {
        String[] pieces = {"=?utf-8?q? ", "=?a?q?", "=?utf-8?q?a?= ", "=?", "=?utf-8?q?a?==?koi8-r?q?a?= "};
        for (String piece : pieces) {
            String header = "Subject: " + piece.repeat((250 << 10) / piece.length()) + "\r\n";
            assertThat(convert(header, "utf-8")).startsWith("Subject:");
        }
        String parameters = "Content-Type: a/b;" + "x*0*=utf-8''%c3;".repeat(15_000);
        assertThat(convert(parameters, "koi8-r")).startsWith("Content-Type:");
    }
}
