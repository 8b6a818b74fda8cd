package palomar.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class CrlfSourceTest {
    private static ByteSource source(String text) throws IOException {
        return CrlfSource.of(ByteSource.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void endsEveryLineInCrlf() throws IOException {
        assertThat(new String(source("a\nb\r\n\n\rc\r\r\n").bytes(), StandardCharsets.ISO_8859_1))
                .isEqualTo("a\r\nb\r\n\r\n\rc\r\r\n");
        assertThat(source("\n").size()).isEqualTo(2);
        assertThat(source("").size()).isZero();
    }

    @Test
    void leavesContentAloneThatIsSoAlready() throws IOException {
        ByteSource content = ByteSource.of("a\r\nb\r".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(CrlfSource.of(content)).isSameAs(content);
    }

    @Test
    void readsAnyStretchOfLargeContent() throws IOException {
        RandomGenerator random = Seeds.random("readsAnyStretchOfLargeContent");
        for (int size : new int[] {1000, (256 << 10) - 1, 256 << 10, (256 << 10) + 1, 900_000}) {
            byte[] content = new byte[size];
            for (int i = 0; i < size; i++) {
                content[i] = (byte) "abc\r\n\nxyz".charAt(random.nextInt(9));
            }
            content[0] = '\n';
            byte[] expected = crlf(content);
            ByteSource source = CrlfSource.of(ByteSource.of(content));
            assertThat(source.size()).as("seed %d", Seeds.seed()).isEqualTo(expected.length);
            for (int i = 0; i < 40; i++) {
                int from = i < 2 ? i : random.nextInt(expected.length);
                int count = Math.min(expected.length - from, i < 2 ? expected.length : random.nextInt(100_000));
                assertThat(source.open(from, count).readAllBytes())
                        .as("seed %d", Seeds.seed())
                        .isEqualTo(Arrays.copyOfRange(expected, from, from + count));
            }
        }
    }

    private static byte[] crlf(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n' && (i == 0 || content[i - 1] != '\r')) {
                out.write('\r');
            }
            out.write(content[i]);
        }
        return out.toByteArray();
    }
}
