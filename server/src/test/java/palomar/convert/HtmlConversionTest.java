package palomar.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlConversionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <p>One</p><p>Two</p>                                   | One##Two#
            <div>One</div><div>Two</div>                           | One#Two#
            a<br>b<br><br>c                                        | a#b##c#
            '  many    blanks &amp; <b>bold</b>ness '              | many blanks & boldness#
            <h1>Title</h1>text                                     | Title##text#
            <ul><li>a<li>b<ul><li>c</ul></ul>                      | * a#* b#  * c#
            <ol start=9><li>a<li>b</ol>                            | 9. a#10. b#
            <blockquote>a<p>b</blockquote>c                        | > a#>#> b##c#
            <blockquote>a<blockquote>b</blockquote></blockquote>   | > a#>#> > b#
            <a href="http://x.example/">text</a>                   | text <http://x.example/>#
            <a href="http://x.example/">x.example</a>              | x.example#
            <a href="mailto:a@b.example">a@b.example</a>           | a@b.example#
            <a href="mailto:a@b.example">Anna</a>                  | Anna <a@b.example>#
            <a href="javascript:alert(1)">text</a>                 | text#
            <a href="http://x.example/"></a>                       | <http://x.example/>#
            <table><tr><td>a<td>b<tr><td>c<td></table>             | 'a | b#c#'
            <img src=x alt=Logo> <img src=y>z                      | [Logo] z#
            <style>p{}</style><script>alert(1)</script>a           | a#
            <div style="display: none">secret</div>a               | a#
            <dl><dt>term<dd>meaning</dl>                           | term#    meaning#
            <q>said</q>                                            | "said"#
            &nbsp;a&nbsp;b                                         | ' a b#'
            a&#27;[31m                                             | a[31m#
            """)
    void aReaderSeesTheText(String html, String text) throws IOException, Unconvertible {
        assertThat(Make.plain(html).replace("\r\n", "#")).isEqualTo(text);
    }

    @Test
    void linesAreNotLongerThanAReaderWants() throws IOException, Unconvertible {
        String text = Make.plain("<blockquote><ul><li>" + "word ".repeat(200) + "</ul></blockquote>");
        assertThat(text.split("\r\n")).hasSizeGreaterThan(10).allSatisfy(line -> {
            assertThat(line.length()).isBetween(3, TextLayout.WIDTH);
            assertThat(line).startsWith("> ");
        });
    }

    @Test
    void whatIsPreformattedStaysSo() throws IOException, Unconvertible {
        assertThat(Make.plain("a<pre>x  y\n\n  z\tt</pre>b")).isEqualTo("a\r\n\r\nx  y\r\n\r\n  z     t\r\n\r\nb\r\n");
    }

    @Test
    void wordsLongerThanALineHaveOneForThemselves() throws IOException, Unconvertible {
        String address = "http://x.example/" + "y".repeat(200);
        assertThat(Make.plain("see " + address + " now")).isEqualTo("see\r\n" + address + "\r\nnow\r\n");
    }

    @Test
    void aCharsetThatOnlyTheTextNamesIsFound() throws IOException, Unconvertible {
        byte[] html = "<html><head><META content='text/html; CHARSET=koi8-r'></head>Привет"
                .getBytes(Charset.forName("koi8-r"));
        Converted plain = Make.convert(Make.part("text/html", "", html), "text/plain", Map.of());
        assertThat(new String(plain.bytes(), StandardCharsets.UTF_8)).isEqualTo("Привет\r\n");
    }

    @Test
    void aHundredThousandNestedElementsAreNoTrouble() throws IOException, Unconvertible {
        for (String element : new String[] {"div", "b", "blockquote", "table", "ul", "a", "font", "p", "span"}) {
            String open = ("<" + element + ">").repeat(100_000) + "deep";
            assertThat(Make.plain(open)).as(element).contains("deep");
            String closed = open + ("</" + element + ">").repeat(50_000);
            assertThat(Make.plain(closed)).as(element).contains("deep");
        }
    }

    @Test
    void moreThanTheLimitIsRefused() {
        byte[] html = new byte[ConversionLimits.USUAL.html() + 1];
        Arrays.fill(html, (byte) 'a');
        assertThat(refusal(html).parameters()).isEmpty();
        byte[] wide = "<hr>        ".repeat(ConversionLimits.USUAL.html() / 12).getBytes(StandardCharsets.US_ASCII);
        assertThat(refusal(wide).why()).contains("result");
    }

    @Test
    void moreTagsThanTheLimitAreRefused() {
        byte[] tags = "<b>".repeat(ConversionLimits.USUAL.tags() + 1).getBytes(StandardCharsets.US_ASCII);
        assertThat(refusal(tags).why()).contains("tags");
    }

    private static Unconvertible refusal(byte[] html) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(
                Unconvertible.class, () -> Make.convert(Make.part("text/html", "", html), "text/plain", Map.of()));
    }
}
