package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import palomar.bytes.MemoryOutput;

/// The structure of one part out of that of the whole. RFC 9051 7.5.2, RFC 5524 3.2
class PartStructureTest {
    private static final String MAIL = """
            Subject: a "quoted" one
            Content-Type: multipart/mixed; boundary=A

            --A
            Content-Type: text/plain; charset=utf-8
            Content-Description: say "x" \\ )
            Content-Transfer-Encoding: quoted-printable

            one=
            --A
            Content-Type: message/rfc822

            Subject: inner (
            Content-Type: multipart/alternative; boundary=B

            --B

            two
            --B
            Content-Type: application/octet-stream
            Content-Description: \u00fc\u00e9
            Content-Transfer-Encoding: base64

            AAEC
            --B--

            --A
            Content-Type: message/rfc822

            Subject: plain

            three
            --A--
            """;

    private static String part(int... path) throws IOException {
        MemoryOutput out = new MemoryOutput(64);
        PartStructure.of(Parsed.digest(MAIL), path).orElseThrow().write(out);
        return new String(out.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void partsOfEveryDepth() throws IOException {
        assertThat(part()).startsWith("((\"text\"").endsWith("\"mixed\")");
        assertThat(part(1))
                .isEqualTo(
                        "(\"text\" \"plain\" (\"charset\" \"utf-8\") NIL \"say \\\"x\\\" \\\\ )\" \"quoted-printable\" 4 0)");
        assertThat(part(2)).startsWith("(\"message\" \"rfc822\"").contains("inner (");
        assertThat(part(2, 1)).isEqualTo("(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 3 0)");
        assertThat(part(2, 2))
                .startsWith("(\"application\" \"octet-stream\" NIL NIL ")
                .endsWith("\"base64\" 4)");
        assertThat(part(3, 1)).isEqualTo("(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 5 0)");
        assertThat(PartStructure.of(Parsed.digest(MAIL), 4)).isEmpty();
        assertThat(PartStructure.of(Parsed.digest(MAIL), 1, 1)).isEmpty();
    }

    @Test
    void theOnlyPartOfAPlainMessage() throws IOException {
        MemoryOutput out = new MemoryOutput(64);
        PartStructure.of(Parsed.digest("Subject: a\n\nb\n"), 1).orElseThrow().write(out);
        assertThat(out.toByteArray())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 3 1)");
    }

    @Test
    void otherContentIsToldWithItsOwnSize() throws IOException {
        MemoryOutput out = new MemoryOutput(64);
        PartStructure text = PartStructure.of(Parsed.digest(MAIL), 1).orElseThrow();
        assertThat(text.isText()).isTrue();
        text.write(out, "binary", 3, 7);
        assertThat(out.toByteArray())
                .asString(StandardCharsets.US_ASCII)
                .endsWith("\"say \\\"x\\\" \\\\ )\" \"binary\" 3 7)");
        out.reset();
        PartStructure binary = PartStructure.of(Parsed.digest(MAIL), 2, 2).orElseThrow();
        assertThat(binary.isText()).isFalse();
        binary.write(out, "", 2, 0);
        assertThat(out.toByteArray()).asString(StandardCharsets.ISO_8859_1).endsWith("\"base64\" 2)");
        out.reset();
        PartStructure.of(Parsed.digest(MAIL)).orElseThrow().write(out, "binary", 2, 0);
        assertThat(out.toByteArray()).asString(StandardCharsets.ISO_8859_1).isEqualTo(part());
    }
}
