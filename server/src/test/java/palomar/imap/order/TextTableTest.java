package palomar.imap.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class TextTableTest {
    private final RandomGenerator random = Seeds.random("TextTableTest");

    @Test
    void textsAreOrderedByTheirBytesHoweverManyCameLater() {
        TextTable table = new TextTable();
        List<byte[]> texts = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            int before = texts.size();
            for (int i = 0; i < 3000; i++) {
                byte[] text = text();
                int number = table.number(text);
                if (number == texts.size()) {
                    texts.add(text);
                }
                assertThat(texts.get(number)).as("seed %d", Seeds.seed()).isEqualTo(text);
            }
            int[] order = table.sorted(before);
            assertThat(order).hasSize(texts.size() - before).doesNotHaveDuplicates();
            for (int i = 1; i < order.length; i++) {
                assertThat(Arrays.compareUnsigned(texts.get(order[i - 1]), texts.get(order[i])))
                        .as("seed %d", Seeds.seed())
                        .isNegative();
            }
            table = table.copy().trim();
        }
    }

    /// Few letters, so that many texts begin alike.
    private byte[] text() {
        byte[] text = new byte[random.nextInt(20)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (i < 9 ? "aé".charAt(random.nextInt(2)) : random.nextInt(3) - 1);
        }
        return text;
    }

    @Test
    void longTextsStayDifferentButAreNotKept() {
        byte[] one = new byte[20_000];
        byte[] other = one.clone();
        other[19_999] = 1;
        TextTable table = new TextTable();
        assertThat(table.number(one)).isZero();
        assertThat(table.number(other)).isEqualTo(1);
        assertThat(table.number(one.clone())).isZero();
        assertThat(table.trim().memory()).isLessThan(1000);
    }
}
