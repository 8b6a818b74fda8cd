package palomar.message.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyStringsTest {
    /// RFC 5173 5.2
    private static final String EXAMPLE = """
            From: Whomever
            To: Someone
            Date: Whenever
            Subject: whatever
            Content-Type: multipart/mixed; boundary=outer

            &  This is a multi-part message in MIME format.

            --outer
            Content-Type: multipart/alternative; boundary=inner

            &  This is a nested multi-part message in MIME format.

            --inner
            Content-Type: text/plain; charset="us-ascii"

            $  Hello

            --inner
            Content-Type: text/html; charset="us-ascii"

            %  <html><body>Hello</body></html>

            --inner--

            &  This is the end of the inner MIME multipart.

            --outer
            Content-Type: message/rfc822

            From: !  Someone Else
            Subject: hello request

            $  Please say Hello

            --outer--

            &  This is the end of the outer MIME multipart.
            """.replace("\n", "\r\n");

    private static List<String> strings(List<BodyString> strings) throws IOException {
        List<String> texts = new ArrayList<>();
        for (BodyString each : strings) {
            texts.add(each.text(10_000).strip());
        }
        return texts;
    }

    private static BodyStrings example() throws IOException {
        return EditedMessage.of(EditedMessageTest.source(EXAMPLE)).body();
    }

    private static List<String> content(String... types) throws IOException {
        return strings(example().content(List.of(types)));
    }

    @Test
    void multipartsHaveAPrologueAndAnEpilogue() throws IOException {
        assertThat(content("multipart"))
                .containsExactly(
                        "&  This is a multi-part message in MIME format.",
                        "&  This is the end of the outer MIME multipart.",
                        "&  This is a nested multi-part message in MIME format.",
                        "&  This is the end of the inner MIME multipart.");
    }

    @Test
    void partsOfATypeStandAlone() throws IOException {
        assertThat(content("text/plain")).containsExactly("$  Hello", "$  Please say Hello");
        assertThat(content("TEXT/html")).containsExactly("%  <html><body>Hello</body></html>");
        assertThat(content("text")).hasSize(3).doesNotContain("");
        assertThat(content("")).hasSize(8);
        assertThat(content("text/", "/plain", "text/plain/", "a/b/c", "image")).isEmpty();
    }

    @Test
    void aPartWithAMessageIsTheHeaderOfThat() throws IOException {
        assertThat(content("message/rfc822")).containsExactly("From: !  Someone Else\r\nSubject: hello request");
    }

    @Test
    void theRawBodyIsOneString() throws IOException {
        assertThat(strings(example().raw()))
                .containsExactly(
                        EXAMPLE.substring(EXAMPLE.indexOf("\r\n\r\n") + 4).strip());
    }

    @Test
    void textIsWithoutMarkUp() throws IOException {
        assertThat(strings(example().text())).containsExactly("$  Hello", "% Hello", "$  Please say Hello");
    }

    @Test
    void withoutAnEmptyLineThereIsNoBody() throws IOException {
        BodyStrings none = EditedMessageTest.message("Subject: a", "").body();
        assertThat(none.raw()).isEmpty();
        assertThat(none.content(List.of(""))).isEmpty();
        assertThat(none.text()).isEmpty();
        BodyStrings empty = EditedMessageTest.message("Subject: a", "", "").body();
        assertThat(strings(empty.raw())).containsExactly("");
        assertThat(strings(empty.text())).containsExactly("");
    }

    @Test
    void encodingsAndCharsetsAreUndone() throws IOException {
        EditedMessage message = EditedMessageTest.message(
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain; charset=iso-8859-1",
                "Content-Transfer-Encoding: quoted-printable",
                "",
                "gr=FC=DFe=",
                "!",
                "--b",
                "Content-Type: text/html; charset=utf-8",
                "Content-Transfer-Encoding: base64",
                "",
                "PHA+PGI+YjwvYj5vbGQgJmFtcDsgPCEtLSBubyAtLT48aT7DpDwvaT48L3A+PHN0eWxlPng8L3N0eWxl",
                "PjxibG9ja3F1b3RlPnE8L2Jsb2NrcXVvdGU+",
                "--b",
                "Content-Type: application/octet-stream",
                "Content-Transfer-Encoding: base64",
                "",
                "AGFi",
                "--b--");
        assertThat(strings(message.body().content(List.of("text/plain")))).containsExactly("grüße!");
        assertThat(strings(message.body().text())).containsExactly("grüße!", "bold & ä q");
        assertThat(strings(message.body().content(List.of("application")))).containsExactly("\u0000ab");
    }

    @ParameterizedTest
    @CsvSource({
        "HELLO, true, true",
        "HELLO, false, false",
        "hello, false, true",
        "lolo, false, true",
        "xyz, true, false",
        "lohe, false, false",
        "'', false, true",
        "hellolololo x, true, true"
    })
    void findsWhatOccurs(String key, boolean fold, boolean found) throws IOException {
        BodyString body = EditedMessageTest.message("A: b", "", "he hel hellolololo x")
                .body()
                .raw()
                .getFirst();
        assertThat(body.contains(key.getBytes(StandardCharsets.UTF_8), fold)).isEqualTo(found);
    }

    @Test
    void findsAcrossPiecesOfALargePart() throws IOException {
        String filler = "lorem ipsum ".repeat(20_000);
        BodyString body = EditedMessageTest.message("A: b", "", filler + "needle" + filler)
                .body()
                .text()
                .getFirst();
        assertThat(body.contains("needle".getBytes(StandardCharsets.UTF_8), false))
                .isTrue();
        assertThat(body.contains("ipsum lorem ipsum lorex".getBytes(StandardCharsets.UTF_8), false))
                .isFalse();
        assertThat(body.text(11)).isEqualTo("lorem ipsum");
    }
}
