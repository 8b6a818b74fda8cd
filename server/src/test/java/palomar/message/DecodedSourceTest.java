package palomar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import palomar.bytes.ByteSource;
import palomar.mail.MessageGuid;
import palomar.testkit.Seeds;

/// Any stretch of a decoded part is that of the whole, and taking it does not decode what stands before it.
class DecodedSourceTest {
    private static final String[] ODDITIES = {"=", "==", "!", " ", "\r", "\n", "\r\n", "\r\n\r\n", "A", "AAAA", "\t"};

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AAAA\\nBBBB\\nCC==             | 2
            AAAA\\nBBBB\\nCCCC\\n          | 3
            AAAA\\nBBBBBBBB\\n             | 1
            AAAA\\r\\nBBBB\\r\\nCC==       | 2
            AAAA\\r\\nBBBB\\nCCCC\\n       | 1
            AAAA\\r\\r\\nBBBB\\r\\r\\n     | 0
            AAAA\\nBB=B\\nCCCC\\n          | 1
            AAAA\\nBB B\\nCCCC\\n          | 1
            AAAAA\\nBBBBB\\n               | 0
            \\nAAAA\\n                     | 0
            AAAA                           | 0
            """)
    void linesThatAreAlikeAreCounted(String text, long lines) throws IOException {
        byte[] encoded = text.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(DecodedSource.of(ByteSource.of(encoded), "base64").layout().lines())
                .isEqualTo(lines);
    }

    @Test
    void stretchesAreThoseOfTheWhole() throws IOException {
        RandomGenerator random = Seeds.random("decoded stretches");
        for (int round = 0; round < 2_000; round++) {
            byte[] encoded = encoded(random);
            TransferDecoder decoder = TransferDecoder.of("base64");
            byte[] out = new byte[encoded.length + TransferDecoder.SLACK];
            int size = decoder.decode(encoded, 0, encoded.length, out);
            byte[] tail = new byte[TransferDecoder.SLACK];
            int more = decoder.finish(tail);
            System.arraycopy(tail, 0, out, size, more);
            byte[] whole = Arrays.copyOf(out, size + more);
            DecodedSource source = DecodedSource.of(ByteSource.of(encoded), "base64");
            assertThat(source.bytes()).isEqualTo(whole);
            int from = random.nextInt(whole.length + 2);
            int count = random.nextInt(100);
            assertThat(source.open(from, count).readAllBytes())
                    .as("%d+%d of %s", from, count, new String(encoded, StandardCharsets.US_ASCII))
                    .isEqualTo(ByteSource.of(whole).open(from, count).readAllBytes());
        }
    }

    private static byte[] encoded(RandomGenerator random) {
        byte[] content = new byte[random.nextInt(400)];
        random.nextBytes(content);
        byte[] lineEnd = random.nextBoolean() ? new byte[] {'\r', '\n'} : new byte[] {'\n'};
        StringBuilder text = new StringBuilder(new String(
                Base64.getMimeEncoder(4 * (1 + random.nextInt(19)), lineEnd).encode(content),
                StandardCharsets.US_ASCII));
        for (int i = random.nextInt(3); i > 0; i--) {
            text.insert(random.nextInt(text.length() + 1), ODDITIES[random.nextInt(ODDITIES.length)]);
        }
        return text.append(random.nextBoolean() ? "\r\n" : "").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// Three passes at most: to find the layout, to read, and what is read of a line or a buffer in vain.
    @Test
    void takingItPieceByPieceReadsItAboutOnce() throws IOException {
        byte[] content = new byte[3_000_000];
        Seeds.random("pieces").nextBytes(content);
        byte[] mail = ("Content-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(content) + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        Counting counting = new Counting(ByteSource.of(mail));
        StoredDigest digest = Parsed.digest(mail);
        LastPart last = new LastPart();
        for (int from = 0; from < content.length; from += 50_000) {
            ByteSource part = new Sections(counting, digest, new MessageGuid(1, 2), last)
                    .binary(1)
                    .orElseThrow();
            assertThat(part.open(from, 50_000).readAllBytes())
                    .isEqualTo(Arrays.copyOfRange(content, from, from + 50_000));
        }
        assertThat(counting.read).isLessThan(3L * mail.length);
    }

    @Test
    void whatWasFoundOfOnePartIsNotUsedForAnother() throws IOException {
        String part = "--b\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        byte[] mail = ("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part + "QUFB\r\nQkJC\r\nQw==\r\n" + part
                        + "REREREREREREREREREREREREREREREREREREREREREQ=\r\n--b--\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        StoredDigest digest = Parsed.digest(mail);
        LastPart last = new LastPart();
        Sections one = new Sections(ByteSource.of(mail), digest, new MessageGuid(1, 2), last);
        assertThat(one.binary(1).orElseThrow().bytes()).asString().isEqualTo("AAABBBC");
        assertThat(one.binary(2).orElseThrow().bytes()).asString().isEqualTo("D".repeat(32));
        byte[] other = new String(mail, StandardCharsets.US_ASCII)
                .replace("QUFB\r\nQkJC\r\n", "QUFBQkJC\r\nRERE\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        Sections second = new Sections(ByteSource.of(other), Parsed.digest(other), new MessageGuid(1, 3), last);
        assertThat(second.binary(2).orElseThrow().size()).isEqualTo(32);
        assertThat(second.binary(1).orElseThrow().bytes()).asString().isEqualTo("AAABBBDDDC");
    }

    private static final class Counting implements ByteSource {
        private final ByteSource whole;
        private long read;

        Counting(ByteSource whole) {
            this.whole = whole;
        }

        @Override
        public long size() {
            return whole.size();
        }

        @Override
        public InputStream open(long from, long count) throws IOException {
            return new FilterInputStream(whole.open(from, count)) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int taken = super.read(target, offset, length);
                    read += Math.max(0, taken);
                    return taken;
                }
            };
        }
    }
}
