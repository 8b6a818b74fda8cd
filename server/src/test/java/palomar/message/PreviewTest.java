package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PreviewTest {

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of("Subject: x\n\nHello\n  world\n", "Hello world"),
                Arguments.of("Subject: x\n\n", ""),
                Arguments.of(
                        "Subject: x\n\nOn Monday, Ann wrote:\n> old\n> words\n\nNew words\n-- \nsignature\n",
                        "New words"),
                Arguments.of("Subject: x\n\n> only\n> quotes\n", "> only > quotes"),
                Arguments.of("Subject: x\n\n==========\nTitle\n----------\ntext", "Title text"),
                Arguments.of(
                        "Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=utf-8\n\nGr=C3=BC=\n=C3=9Fe",
                        "Grüße"),
                Arguments.of("Content-Transfer-Encoding: base64\n\nSGVsbG8gd29ybGQ=", "Hello world"),
                Arguments.of(
                        "Content-Type: text/html\n\n<html><head><title>T</title><style>p{}</style></head><body>"
                                + "<div style=x>Hi&nbsp;&amp;</div><p>there<br>you<script>x</script>",
                        "Hi & there you"),
                Arguments.of(
                        "Content-Type: text/html\n\n<p>a\u00ad</p><blockquote>quoted</blockquote><table><td>b</td><td>c</td></table>",
                        "a b c"),
                Arguments.of(
                        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n"
                                + "Content-Disposition: attachment\n\nlog\n--b\nContent-Type: text/plain\n\n  \n--b\n"
                                + "Content-Type: text/html\n\n<b>shown</b>\n--b--\n",
                        "shown"),
                Arguments.of("Content-Type: image/png\n\nxxx", ""),
                html("<head><title>T</title><meta name=a content='>'><p>no end of head", "no end of head"),
                html("<STYLE>a < b { }</STYLE ><p>one<!-- <p>not this --><?php x?>two", "onetwo"),
                html("<script>if (a</b/) '</scrip>'</script>shown", "shown"),
                html("3 < 4 <> & &lt;b&gt; &#8364;&nosuch; </", "3 < 4 <> & <b> \u20ac&nosuch; "),
                html("<div hidden><div>no</div>no</div>yes<p hidden>no<p>yes</p>", "yes yes"),
                html("<a title=\"1 > 0\" href=x>li</a><b>nk</b><br/>next<td>cell", "link next cell"),
                html("<p>open <i", "open"),
                html("<blockquote>a<blockquote>b</blockquote>c</blockquote>own", "own"));
    }

    private static Arguments html(String text, String preview) {
        return Arguments.of("Content-Type: text/html; charset=utf-8\n\n" + text, preview.strip());
    }

    /// The first piece must not be cut in a quote's introduction, a letter, or a line.
    @Test
    void aLongTextHasThePreviewOfItsBeginning() {
        for (int before = 700; before < 1100; before++) {
            String own = "\u00c3\u00bc" + "x".repeat(before % 80) + "\n";
            String text = "> " + "q".repeat(before) + "\nOn Monday, Ann wrote:\n> old\n" + own + "y".repeat(900) + "\n";
            String preview = Parsed.digest("Content-Type: text/plain; charset=utf-8\n\n" + text)
                    .preview();
            assertThat(preview)
                    .startsWith("\u00fc" + own.substring(2).strip() + " yyy")
                    .hasSize(200);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void thePreviewIsWhatAPersonWouldRead(String message, String preview) {
        assertThat(Parsed.digest(message).preview()).isEqualTo(preview);
    }

    @Test
    void itIsNeverLongerThan200Characters() {
        String preview = Parsed.digest("Subject: x\n\n" + "word ".repeat(1000)).preview();
        assertThat(preview).hasSizeBetween(195, 200).startsWith("word word");
        String smiles = "Content-Type: text/plain; charset=utf-7\n\n" + "+2D3eAA-".repeat(500);
        assertThat(Parsed.digest(smiles).preview()).hasSize(200);
    }
}
