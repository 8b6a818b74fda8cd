package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.bytes.MemoryOutput;

/// Hostile and huge messages: bounded memory, and work that grows with the message and no faster. Work is
/// counted, not timed.
class LimitsTest {

    @Test
    void tenThousandPartsAreFoundAndTheRestIsContent() throws IOException {
        StringBuilder mail = new StringBuilder("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        for (int i = 1; i <= 12_000; i++) {
            mail.append("--b\r\n\r\npart ").append(i).append("\r\n");
        }
        mail.append("--b--\r\n");
        byte[] bytes = mail.toString().getBytes(StandardCharsets.US_ASCII);
        StoredDigest digest = Parsed.digest(bytes);
        List<Digest.Part> parts = digest.parts();
        assertThat(parts).hasSize(MessageParser.MAX_PARTS - 1);
        Sections sections = new Sections(ByteSource.of(bytes), digest);
        assertThat(sections.body(7_777).orElseThrow().bytes()).asString().isEqualTo("part 7777");
        assertThat(sections.body(9_999).orElseThrow().bytes()).asString().isEqualTo("part 9999");
        assertThat(sections.body(10_000).orElseThrow().bytes())
                .asString()
                .startsWith("part 10000\r\n--b")
                .endsWith("--b--\r\n");
        assertThat(sections.body(10_001)).isEmpty();
        assertThat(WireReader.read(Parsed.bodyStructure(digest).getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(List.class);
    }

    @Test
    void whatLiesTooDeepIsShownAsBytes() {
        StringBuilder mail = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i);
            mail.append("\r\n");
        }
        StoredDigest digest = Parsed.digest(mail.append("\r\nx\r\n").toString());
        List<Digest.Part> parts = digest.parts();
        assertThat(parts).hasSize(1);
        assertThat(parts.getFirst().path()).hasSize(MessageParser.MAX_DEPTH);
        assertThat(parts.getFirst().type()).isEqualTo("application");
        assertThat(Parsed.bodyStructure(digest)).contains("\"application\" \"octet-stream\"");
        StringBuilder messages = new StringBuilder("Content-Type: message/rfc822\r\n\r\n".repeat(300));
        assertThat(Parsed.digest(messages.append("\r\nx\r\n").toString()).parts())
                .hasSize(101);
    }

    @Test
    void ofAHeaderBehindItsLimitTheEnvelopeAndTheStructureAreRead() throws IOException {
        String start =
                "Subject: early\r\n" + "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(30_000);
        byte[] bytes = (start + "From: late@example.org\r\n (a comment),\r\n\tlater@example.org\r\n"
                        + "X-Last: x\r\nFrom : last@example.org\r\nSubject: not the first\r\n"
                        + "Content-Type: text/html\r\n\r\nbody\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(start.length()).isGreaterThan(MessageParser.MAX_HEADER);
        StoredDigest digest = Parsed.digest(bytes);
        assertThat(digest.headerSize()).isEqualTo(bytes.length - 6);
        assertThat(Parsed.envelope(digest))
                .startsWith(
                        "(NIL \"early\" ((\"a comment\" NIL \"late\" \"example.org\")(NIL NIL \"later\" \"example.org\")"
                                + "(NIL NIL \"last\" \"example.org\")) ((");
        assertThat(Parsed.bodyStructure(digest)).startsWith("(\"text\" \"html\" ");
        for (int piece : new int[] {1, 7, 1000, start.length() + 3}) {
            assertThat(Parsed.stored(bytes, piece)).isEqualTo(Parsed.stored(bytes));
        }
        assertThat(Parsed.headerFields(digest, "subject")).isNull();
        assertThat(digest.headerContains("from", new Needle("late"))).isEqualTo(Digest.Answer.YES);
        assertThat(digest.headerContains("from", new Needle("nobody"))).isEqualTo(Digest.Answer.UNKNOWN);
        Sections sections = new Sections(ByteSource.of(bytes), digest);
        assertThat(sections.headerFields(new HeaderNames(List.of("Subject"), false))
                        .orElseThrow()
                        .bytes())
                .asString()
                .isEqualTo("Subject: early\r\nSubject: not the first\r\n\r\n");
        ByteSource others =
                sections.headerFields(new HeaderNames(List.of("Subject"), true)).orElseThrow();
        assertThat(others.size())
                .isEqualTo(digest.headerSize() - "Subject: early\r\nSubject: not the first\r\n".length());
        assertThat(new String(others.open(others.size() - 11, 11).readAllBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("xt/html\r\n\r\n");
    }

    @Test
    void longFieldsAreCutInTheDigestAndReadFromTheMessage() throws IOException {
        StringBuilder to = new StringBuilder("To: first@example.org");
        for (int i = 0; i < 2_000; i++) {
            to.append(",\r\n user").append(i).append("@example.org");
        }
        byte[] bytes = (to + "\r\nSubject: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        StoredDigest digest = Parsed.digest(bytes);
        assertThat(Parsed.envelope(digest)).contains("user1999");
        assertThat(Parsed.headerFields(digest, "to", "subject")).isNull();
        assertThat(Parsed.headerFields(digest, "subject")).isEqualTo("Subject: x\r\n\r\n");
        assertThat(digest.headerContains("to", new Needle(""))).isEqualTo(Digest.Answer.YES);
        assertThat(digest.headerContains("to", new Needle("FIRST@"))).isEqualTo(Digest.Answer.UNKNOWN);
        assertThat(digest.headerContains("to", new Needle("user1999"))).isEqualTo(Digest.Answer.UNKNOWN);
        assertThat(TextSearch.headerContains(ByteSource.of(bytes), digest, "to", new Needle("user1999")))
                .isTrue();
    }

    @Test
    void digestsStaySmallWhateverTheHeadersHold() {
        String huge = "x=\"" + "y".repeat(100_000) + "\"";
        StringBuilder mail = new StringBuilder("Content-Type: multipart/mixed; boundary=b\n\n");
        for (int i = 0; i < 100; i++) {
            mail.append("--b\nContent-Type: text/plain; ").append(huge).append("\n\ntext\n");
        }
        assertThat(Parsed.digest(mail.toString()).parts()).hasSize(100);
        assertThat(Parsed.stored(mail.toString().getBytes(StandardCharsets.US_ASCII)))
                .hasSizeLessThan(2 << 20);
        String addresses = "To: " + "a@b,".repeat(200_000) + "\n\n";
        assertThat(Parsed.stored(addresses.getBytes(StandardCharsets.US_ASCII))).hasSizeLessThan(400 << 10);
        String subject = "Subject: " + "\u00fc".repeat(900_000) + "\n\n";
        assertThat(Parsed.stored(subject.getBytes(StandardCharsets.UTF_8))).hasSizeLessThan(400 << 10);
    }

    @Test
    void anOrdinaryDigestIsAboutAKilobyte() {
        String header = """
                Received: from a by b
                From: Ann Example <ann@example.org>
                To: Bob Example <bob@example.net>
                Subject: Re: the weekly report
                Date: Mon, 1 Jan 2024 10:00:00 +0100
                Message-ID: <0123456789abcdef@example.org>
                In-Reply-To: <fedcba9876543210@example.net>
                References: <fedcba9876543210@example.net>
                Content-Type: multipart/alternative; boundary=b

                """;
        String parts = "--b\n\n" + "some words ".repeat(50) + "\n--b\nContent-Type: text/html\n\n<p>words\n--b--\n";
        assertThat(Parsed.stored((header + parts).getBytes(StandardCharsets.US_ASCII)))
                .hasSizeBetween(800, 1300);
    }

    /// Each line of the body is compared with 100 boundaries that all begin alike, and differ where it differs.
    @Test
    void comparingWithBoundariesIsLinearInTheMessage() {
        assertThat(compared(20_000)).isLessThan(3 * compared(10_000));
        assertThat(compared(20_000)).isLessThan(20_000L * 70 * MessageParser.MAX_DEPTH);
    }

    private static long compared(int lines) {
        String alike = "x".repeat(60);
        MessageParser parser = new MessageParser();
        for (int i = 0; i < 99; i++) {
            String boundary = alike + (char) ('0' + i / 10) + i % 10;
            feed(parser, "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n");
        }
        feed(parser, "\r\n");
        byte[] line = ("--" + alike + "no\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < lines; i++) {
            parser.feed(line, 0, line.length);
        }
        parser.finish();
        return parser.compared();
    }

    private static void feed(MessageParser parser, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        parser.feed(bytes, 0, bytes.length);
    }

    /// Fifty megabytes of attachment pass through; the message is never there as a whole.
    @Test
    void aHugeAttachmentIsParsedReadAndSearchedAsAStream() throws IOException {
        Generated mail = new Generated(50 << 20);
        MessageParser parser = new MessageParser();
        byte[] piece = new byte[8192];
        try (InputStream in = mail.open()) {
            for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
                parser.feed(piece, 0, size);
            }
        }
        byte[] stored = parser.finish();
        assertThat(stored).hasSizeLessThan(1000);
        StoredDigest digest = StoredDigest.of(stored);
        assertThat(digest.messageSize()).isEqualTo(mail.size());
        Digest.Part attachment = digest.part(2).orElseThrow();
        assertThat(attachment.bodySize()).isEqualTo(mail.attachmentSize() - 2);
        Sections sections = new Sections(mail, digest);
        ByteSource decoded = sections.binary(2).orElseThrow();
        assertThat(decoded.size()).isEqualTo(mail.attachmentSize() / 78 * 57);
        assertThat(decoded.open(decoded.size() - 3, 3).readAllBytes()).isEqualTo(new byte[] {0, 0, 0});
        assertThat(TextSearch.bodyContains(mail, digest, new Needle("the end of the text")))
                .isTrue();
        assertThat(TextSearch.bodyContains(mail, digest, new Needle("AAAAAAAA")))
                .isFalse();
        MemoryOutput out = new MemoryOutput();
        sections.body(2).orElseThrow().writeTo(out, 76, 4);
        assertThat(out.toByteArray()).asString().isEqualTo("\r\nAA");
    }

    /// A message with a base64 attachment of zeros, made while it is read.
    private static final class Generated implements ByteSource {
        private static final byte[] LINE = ("A".repeat(76) + "\r\n").getBytes(StandardCharsets.US_ASCII);

        private final byte[] before = ("Subject: huge\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
                        + "this is the end of the text\r\n--b\r\nContent-Type: application/octet-stream\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        private final byte[] after = "--b--\r\n".getBytes(StandardCharsets.US_ASCII);
        private final long lines;

        Generated(long size) {
            this.lines = size / LINE.length;
        }

        long attachmentSize() {
            return lines * LINE.length;
        }

        @Override
        public long size() {
            return before.length + attachmentSize() + after.length;
        }

        @Override
        public InputStream open(long from, long count) {
            return new InputStream() {
                private long at = from;

                @Override
                public int read() {
                    if (at >= Math.min(size(), from + count)) {
                        return -1;
                    }
                    long offset = at++;
                    if (offset < before.length) {
                        return before[(int) offset];
                    }
                    offset -= before.length;
                    return offset < attachmentSize()
                            ? LINE[(int) (offset % LINE.length)]
                            : after[(int) (offset - attachmentSize())];
                }

                @Override
                public int read(byte[] target, int offset, int length) {
                    int size = 0;
                    for (int b = 0; size < length && (b = read()) >= 0; size++) {
                        target[offset + size] = (byte) b;
                    }
                    return size == 0 ? -1 : size;
                }

                @Override
                public long skip(long wanted) {
                    long skipped = Math.clamp(wanted, 0, Math.max(0, Math.min(size(), from + count) - at));
                    at += skipped;
                    return skipped;
                }
            };
        }
    }
}
