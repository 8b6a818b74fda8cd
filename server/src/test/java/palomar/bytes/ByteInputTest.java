package palomar.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ByteInputTest {

    /// Gives the content out in pieces of one size, as a network might.
    private static ByteInput torn(String text, int size) {
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        return new ByteInput() {
            private int next;

            @Override
            protected boolean refill() {
                if (next == content.length) {
                    return false;
                }
                int count = Math.min(size, content.length - next);
                buffer = Arrays.copyOfRange(content, next, next + count);
                position = 0;
                limit = count;
                next += count;
                return true;
            }
        };
    }

    @Test
    void readingDoesNotDependOnHowItArrives() throws IOException {
        for (int size = 1; size <= 12; size++) {
            ByteInput in = torn("abcdefghij", size);
            assertThat(in.peek()).isEqualTo('a');
            assertThat(in.read()).isEqualTo('a');
            MemoryOutput out = new MemoryOutput();
            assertThat(in.transferTo(out, 7)).isEqualTo(7);
            assertThat(out).hasToString("bcdefgh");
            byte[] rest = new byte[10];
            int taken = in.read(rest, 2, 8);
            assertThat(taken).isBetween(1, 2);
            assertThat(rest[2]).isEqualTo((byte) 'i');
            assertThat(in.transferTo(out, 99)).isEqualTo(2 - taken);
            assertThat(in.peek()).isEqualTo(-1);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(rest, 0, 1)).isEqualTo(-1);
        }
    }

    @Test
    void discardDropsOnlyWhatHasArrived() throws IOException {
        ByteInput in = torn("abcdef", 4);
        assertThat(in.read()).isEqualTo('a');
        assertThat(in.discardBuffered()).isEqualTo(3);
        assertThat(in.read()).isEqualTo('e');
    }
}
