package palomar.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteOutputTest {

    /// Drains a tiny buffer into a text, so that each write crosses its end somewhere.
    private static final class Tiny extends ByteOutput {
        private final StringBuilder drained = new StringBuilder();

        private Tiny(int size) {
            buffer = new byte[size];
        }

        @Override
        protected void drain() {
            drained.append(new String(buffer, 0, position, StandardCharsets.ISO_8859_1));
            position = 0;
        }

        private String text() {
            drain();
            return drained.toString();
        }
    }

    @Test
    void numbersArePrintedInDecimalWhereverTheBufferEnds() throws IOException {
        long[] numbers = {0, 1, 9, 10, 99, 100, 4294967295L, 999_999_999_999_999_999L, Long.MAX_VALUE};
        for (int size = 1; size < 40; size++) {
            Tiny tiny = new Tiny(size);
            StringBuilder expected = new StringBuilder();
            for (long number : numbers) {
                tiny.number(number);
                tiny.write(' ');
                expected.append(number).append(' ');
            }
            assertThat(tiny.text()).as("buffer of " + size).isEqualTo(expected.toString());
        }
    }

    @Test
    void negativeNumbersAreABug() {
        assertThatThrownBy(() -> new MemoryOutput().number(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longWritesPassThroughSmallBuffers() throws IOException {
        Tiny tiny = new Tiny(3);
        tiny.write("abcdefgh".getBytes(StandardCharsets.US_ASCII), 1, 6);
        tiny.ascii("XYZ");
        tiny.utf8("é");
        tiny.crlf();
        assertThat(tiny.text()).isEqualTo("bcdefgXYZ\u00c3\u00a9\r\n");
    }

    @Test
    void memoryOutputGrows() throws IOException {
        MemoryOutput out = new MemoryOutput(16);
        out.ascii("x".repeat(1000));
        assertThat(out.size()).isEqualTo(1000);
        assertThat(out.toByteArray()).hasSize(1000).containsOnly('x');
        out.reset();
        out.number(7);
        assertThat(out).hasToString("7");
    }
}
