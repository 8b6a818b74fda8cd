package palomar.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteSourceTest {

    @Test
    void rangesAreClippedToTheContent() throws IOException {
        ByteSource source = ByteSource.of("..abcdef..".getBytes(StandardCharsets.US_ASCII), 2, 6);
        assertThat(source.size()).isEqualTo(6);
        assertThat(text(source, 0, 6)).isEqualTo("abcdef");
        assertThat(text(source, 2, 2)).isEqualTo("cd");
        assertThat(text(source, 4, Long.MAX_VALUE)).isEqualTo("ef");
        assertThat(text(source, 6, 1)).isEmpty();
        assertThat(text(source, 99, 1)).isEmpty();
    }

    private static String text(ByteSource source, long from, long count) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        source.writeTo(written, from, count);
        byte[] opened;
        try (var in = source.open(from, count)) {
            opened = in.readAllBytes();
        }
        assertThat(opened).isEqualTo(written.toByteArray());
        return written.toString(StandardCharsets.US_ASCII);
    }
}
