package palomar.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class LineEndsTest {

    @Test
    void theyAreThoseThatALoopFinds() {
        RandomGenerator random = Seeds.random("LineEndsTest");
        for (int round = 0; round < 200; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(4) == 0 ? '\n' : random.nextInt(256));
            }
            for (int from = 0; from <= bytes.length; from++) {
                for (int to = from; to <= bytes.length; to++) {
                    int first = from;
                    while (first < to && bytes[first] != '\n') {
                        first++;
                    }
                    int count = 0;
                    for (int i = from; i < to; i++) {
                        count += bytes[i] == '\n' ? 1 : 0;
                    }
                    assertThat(LineEnds.next(bytes, from, to)).isEqualTo(first);
                    assertThat(LineEnds.count(bytes, from, to)).isEqualTo(count);
                }
            }
        }
    }

    @Test
    void bytesThatDifferInOneBitAreNone() {
        byte[] near = {0x0b, 0x08, 0x0e, 0x02, 0x1a, 0x2a, 0x4a, (byte) 0x8a, 0x0b, (byte) 0x8a};
        assertThat(LineEnds.count(near, 0, near.length)).isZero();
        assertThat(LineEnds.next(near, 0, near.length)).isEqualTo(near.length);
    }

    @Test
    void manyOfThemAreCountedToo() {
        byte[] bytes = new byte[10_000];
        Arrays.fill(bytes, (byte) '\n');
        for (int from = 0; from < 20; from++) {
            assertThat(LineEnds.count(bytes, from, bytes.length)).isEqualTo(bytes.length - from);
        }
    }
}
