package palomar.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RangeStreamTest {
    private static final byte[] ALL = {10, 11, 12, 13, -1, 15};

    private static int threeAtMost(ByteBuffer target, long at) {
        int count = Math.min(Math.min(3, target.remaining()), ALL.length - (int) at);
        if (count > 0) {
            target.put(ALL, (int) at, count);
        }
        return count;
    }

    private static RangeStream range(long from, long end) {
        return new RangeStream(RangeStreamTest::threeAtMost, from, end, () -> {});
    }

    @Test
    void allFromOnePositionToAnotherIsThere() throws IOException {
        assertThat(range(0, 6).readAllBytes()).isEqualTo(ALL);
        assertThat(range(1, 5).readAllBytes()).containsExactly(11, 12, 13, -1);
        assertThat(range(4, 5).read()).isEqualTo(255);
        assertThat(range(2, 2).read()).isEqualTo(-1);
        assertThat(range(0, 6).read(new byte[4], 1, 0)).isZero();
    }

    @Test
    void whatIsMissingIsNoEnd() {
        assertThatThrownBy(() -> range(4, 9).readAllBytes())
                .isExactlyInstanceOf(IOException.class)
                .hasMessageContaining("shorter");
    }

    @Test
    void theSourceIsClosedWithIt() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        new RangeStream(RangeStreamTest::threeAtMost, 0, 1, () -> closed.set(true)).close();
        assertThat(closed).isTrue();
    }
}
