package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.bytes.MemoryOutput;
import palomar.mail.MailError;
import palomar.mail.MailException;

class SectionsTest {
    private static final String MIXED = """
            From: Ann <ann@example.org>
            Subject: two parts
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="b"

            preamble
            --b
            Content-Type: text/plain

            Hello
            --b
            Content-Type: message/rfc822

            From: Bob <bob@example.org>
            Subject: inner
            Content-Type: multipart/alternative; boundary=i

            --i

            one
            --i
            Content-Type: text/html
            Content-Transfer-Encoding: base64

            PGI+dHdvPC9iPg==
            --i--
            --b
            Content-Type: application/x-odd
            Content-Transfer-Encoding: x-secret

            ???
            --b--
            epilogue
            """.replace("\n", "\r\n");

    private final byte[] bytes = MIXED.getBytes(StandardCharsets.ISO_8859_1);
    private final StoredDigest digest = Parsed.digest(bytes);
    private final Sections sections = new Sections(ByteSource.of(bytes), digest);

    @Test
    void sectionsAreStretchesOfTheMessage() throws IOException {
        assertThat(text(sections.body())).isEqualTo(MIXED);
        assertThat(text(sections.header())).startsWith("From: Ann").endsWith("\"b\"\r\n\r\n");
        assertThat(text(sections.text())).startsWith("preamble").endsWith("epilogue\r\n");
        assertThat(text(sections.body(1))).isEqualTo("Hello");
        assertThat(text(sections.mime(1))).isEqualTo("Content-Type: text/plain\r\n\r\n");
        assertThat(text(sections.mime(2))).isEqualTo("Content-Type: message/rfc822\r\n\r\n");
        assertThat(text(sections.header(2))).startsWith("From: Bob").endsWith("boundary=i\r\n\r\n");
        assertThat(text(sections.text(2))).startsWith("--i\r\n").endsWith("--i--");
        assertThat(text(sections.body(2, 1))).isEqualTo("one");
        assertThat(text(sections.mime(2, 1))).isEqualTo("\r\n");
        assertThat(text(sections.body(2, 2))).isEqualTo("PGI+dHdvPC9iPg==");
    }

    @Test
    void whatIsNotThereIsAbsent() throws IOException {
        assertThat(sections.body(4)).isEmpty();
        assertThat(sections.body(1, 1)).isEmpty();
        assertThat(sections.header(1)).isEmpty();
        assertThat(sections.text(1)).isEmpty();
        assertThat(sections.body(2, 3)).isEmpty();
        assertThat(sections.binary(9)).isEmpty();
        assertThat(sections.headerFields(names(false, "from"), 1)).isEmpty();
    }

    @Test
    void headerFieldsAreFilteredInMessageOrder() throws IOException {
        assertThat(text(sections.headerFields(names(false, "SUBJECT", "From"))))
                .isEqualTo("From: Ann <ann@example.org>\r\nSubject: two parts\r\n\r\n");
        assertThat(text(sections.headerFields(names(true, "from", "content-type"))))
                .isEqualTo("Subject: two parts\r\nMIME-Version: 1.0\r\n\r\n");
        assertThat(text(sections.headerFields(names(false, "subject"), 2))).isEqualTo("Subject: inner\r\n\r\n");
        assertThat(text(sections.headerFields(names(false, "x-none")))).isEqualTo("\r\n");
    }

    @Test
    void binaryTakesTheTransferEncodingAway() throws IOException {
        ByteSource decoded = sections.binary(2, 2).orElseThrow();
        assertThat(decoded.size()).isEqualTo(10);
        assertThat(text(Optional.of(decoded))).isEqualTo("<b>two</b>");
        assertThat(new String(decoded.open(3, 3).readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("two");
        assertThat(text(sections.binary(1))).isEqualTo("Hello");
        assertThatThrownBy(() -> sections.binary(3))
                .isInstanceOfSatisfying(
                        MailException.class, e -> assertThat(e.kind()).isEqualTo(MailError.UNKNOWN_CTE));
    }

    @Test
    void theOnlyPartOfAPlainMessageIsOne() throws IOException {
        byte[] plain = "Subject: x\n\nbody\n".getBytes(StandardCharsets.US_ASCII);
        Sections only = new Sections(ByteSource.of(plain), Parsed.digest(plain));
        assertThat(text(only.body(1))).isEqualTo("body\n");
        assertThat(text(only.mime(1))).isEqualTo("Subject: x\n\n");
        assertThat(only.body(2)).isEmpty();
        assertThat(only.body(1, 1)).isEmpty();
    }

    @Test
    void bytesInFrontOfTheMessageShiftAllOffsets() throws IOException {
        String head = "Return-Path: <a@b>\r\nDelivered-To: c@d\r\n";
        byte[] whole = (head + MIXED).getBytes(StandardCharsets.ISO_8859_1);
        byte[] stored = Parsed.stored(bytes);
        StoredDigest shifted = new StoredDigest().wrap(stored, 0, stored.length, head.length());
        Sections after = new Sections(ByteSource.of(whole), shifted);
        assertThat(text(after.header())).startsWith(head + "From: Ann").endsWith("\"b\"\r\n\r\n");
        assertThat(text(after.body(2, 2))).isEqualTo("PGI+dHdvPC9iPg==");
        assertThat(text(after.header(2))).startsWith("From: Bob");
        MemoryOutput out = new MemoryOutput();
        assertThat(shifted.writeHeaderFields(names(false, "from", "return-path"), out))
                .isFalse();
        assertThat(shifted.writeHeaderFields(names(true, "from"), out)).isFalse();
        assertThat(out.size()).isZero();
        assertThat(shifted.headerContains("delivered-to", new Needle("c@d"))).isEqualTo(Digest.Answer.UNKNOWN);
    }

    private static HeaderNames names(boolean not, String... names) {
        return new HeaderNames(List.of(names), not);
    }

    private static String text(Optional<ByteSource> section) throws IOException {
        return new String(section.orElseThrow().bytes(), StandardCharsets.ISO_8859_1);
    }
}
