package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.bytes.ByteSource;
import palomar.testkit.Seeds;

class TextSearchTest {
    private static final String MAIL = """
            From: =?utf-8?q?J=C3=BCrgen?= <juergen@example.org>
            To: ann@example.org
            Subject: a subject that is
            \tfolded here
            X-Odd: rare word
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable
            X-Part: only in the part's header

            a soft line br=
            eak, caf=C3=A9 and =E2=82=AC 5
            --b
            Content-Type: message/rfc822

            Subject: the inner subject

            inner text
            --b
            Content-Type: application/octet-stream; name=report.bin

            hidden
            --b--
            """;

    @ParameterizedTest
    @CsvSource({
        "line break, true, true",
        "LINE BREAK, true, true",
        "CAFÉ, true, true",
        "cafe, true, true",
        "€ 5, true, true",
        "inner subject, true, true",
        "inner text, true, true",
        "the part's header, false, true",
        "jürgen, false, true",
        "JÜRGEN <juergen, false, true",
        "that is folded, false, true",
        "X-Odd: rare, false, true",
        "report.bin, false, true",
        "hidden, false, false",
        "5inner, false, false",
        "soft line br=, false, false",
    })
    void bodyAndTextLookWhereTheRfcSays(String words, boolean inBody, boolean inText) throws IOException {
        byte[] bytes = MAIL.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        ByteSource source = ByteSource.of(bytes);
        StoredDigest digest = Parsed.digest(bytes);
        Needle needle = new Needle(words);
        assertThat(TextSearch.bodyContains(source, digest, needle)).isEqualTo(inBody);
        assertThat(TextSearch.textContains(source, digest, needle)).isEqualTo(inText);
    }

    @ParameterizedTest
    @CsvSource({
        "utf-8, Ärger im Büro",
        "iso-8859-1, Ärger im Büro",
        "windows-1251, Привет мир",
        "koi8-r, Привет мир",
        "shift_jis, 日本語テスト",
        "iso-2022-jp, 日本語テスト",
        "gb18030, 你好世界",
        "big5, 繁體中文",
        "euc-kr, 한국어",
        "utf-16, naïve text",
        "utf-16le, plain text",
    })
    void textIsFoundInEveryCharset(String charset, String words) throws IOException {
        byte[] text = ("before\r\n" + words + " after\r\n").getBytes(Charset.forName(charset));
        byte[] encoded = Base64.getMimeEncoder().encode(text);
        String head = "Subject: x\r\nContent-Type: text/plain; charset=" + charset
                + "\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        byte[] mail = (head + new String(encoded, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
        assertThat(inBody(mail, words)).isTrue();
        assertThat(inBody(mail, words + " AFTER")).isTrue();
        assertThat(inBody(mail, words + "x")).isFalse();
    }

    @Test
    void utf7IsDecoded() throws IOException {
        byte[] mail = "Content-Type: text/plain; charset=utf-7\r\n\r\nHi Mom +Jjo- and +AGQ-one +- two\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(inBody(mail, "mom ☺ and done + two")).isTrue();
    }

    @Test
    void unlabelledTextIsUtf8OrElseWindows1252() throws IOException {
        assertThat(inBody("\r\nfür\r\n".getBytes(StandardCharsets.UTF_8), "FÜR"))
                .isTrue();
        assertThat(inBody("\r\nfür\r\n".getBytes(StandardCharsets.ISO_8859_1), "FÜR"))
                .isTrue();
        byte[] unknown =
                "Content-Type: text/plain; charset=x-none\r\n\r\nfür\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(inBody(unknown, "für")).isTrue();
    }

    @Test
    void theNeedleIsFoundWhereverPiecesMeet() throws IOException {
        RandomGenerator random = Seeds.random("theNeedleIsFoundWhereverPiecesMeet");
        for (String words : new String[] {"needle", "Grüße", "日本", "x".repeat(100) + "y"}) {
            for (int round = 0; round < 40; round++) {
                int before = 32 * 1024 - 130 + random.nextInt(260);
                String filler = round % 2 == 0 ? "line of text\r\n" : "no end of line, ";
                String text = filler.repeat(before / filler.length() + 1).substring(0, before);
                byte[] mail = ("Content-Type: text/plain; charset=utf-8\r\n\r\n" + text + words + text)
                        .getBytes(StandardCharsets.UTF_8);
                assertThat(inBody(mail, words))
                        .as("seed %s, %s at %s", Seeds.seed(), words, before)
                        .isTrue();
                assertThat(inBody(mail, words + "?")).isFalse();
            }
        }
    }

    @Test
    void needlesOfAnyShapeAgreeWithIndexOf() {
        RandomGenerator random = Seeds.random("needlesOfAnyShapeAgreeWithIndexOf");
        for (int round = 0; round < 3000; round++) {
            String hay = letters(random, random.nextInt(300));
            int size = 1 + random.nextInt(round % 3 == 0 ? 90 : 6);
            String words = hay.length() > size && random.nextBoolean()
                    ? hay.substring(random.nextInt(hay.length() - size)).substring(0, size)
                    : letters(random, size);
            byte[] bytes = hay.getBytes(StandardCharsets.US_ASCII);
            boolean expected = CaseFold.fold(hay).contains(CaseFold.fold(words));
            assertThat(new Needle(words).isIn(bytes, 0, bytes.length))
                    .as("seed %s: %s in %s", Seeds.seed(), words, hay)
                    .isEqualTo(expected);
            FoldedMatcher matcher = new FoldedMatcher(new Needle(words));
            boolean found = false;
            for (int at = 0; at < bytes.length && !found; ) {
                int piece = Math.min(bytes.length - at, 1 + random.nextInt(9));
                found = matcher.feed(bytes, at, at + piece);
                at += piece;
            }
            assertThat(found)
                    .as("seed %s, in pieces: %s in %s", Seeds.seed(), words, hay)
                    .isEqualTo(expected);
        }
    }

    @Test
    void headersThatTheDigestLacksAreReadFromTheMessage() throws IOException {
        byte[] bytes = MAIL.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        ByteSource source = ByteSource.of(bytes);
        StoredDigest digest = Parsed.digest(bytes);
        assertThat(digest.headerContains("X-Odd", new Needle("rare"))).isEqualTo(Digest.Answer.UNKNOWN);
        assertThat(TextSearch.headerContains(source, digest, "X-Odd", new Needle("RARE w")))
                .isTrue();
        assertThat(TextSearch.headerContains(source, digest, "x-odd", new Needle("")))
                .isTrue();
        assertThat(TextSearch.headerContains(source, digest, "x-none", new Needle("")))
                .isFalse();
        assertThat(TextSearch.headerContains(source, digest, "from", new Needle("JÜRGEN")))
                .isTrue();
        assertThat(TextSearch.headerContains(source, digest, "subject", new Needle("is folded")))
                .isTrue();
    }

    private static String letters(RandomGenerator random, int size) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < size; i++) {
            out.append("abAB".charAt(random.nextInt(4)));
        }
        return out.toString();
    }

    private static boolean inBody(byte[] mail, String words) throws IOException {
        return TextSearch.bodyContains(ByteSource.of(mail), Parsed.digest(mail), new Needle(words));
    }
}
