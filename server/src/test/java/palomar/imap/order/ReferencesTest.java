package palomar.imap.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class ReferencesTest {
    private static final int DEEP = 100_000;

    @Test
    void aChainOfAnyDepthTakesNoWalkAMessage() {
        int[] upwards = Radix.places(DEEP);
        assertThat(thread(upwards)).isEqualTo(chain(upwards));
        int[] downwards = new int[DEEP];
        for (int i = 0; i < DEEP; i++) {
            downwards[i] = DEEP - 1 - i;
        }
        assertThat(thread(downwards)).isEqualTo(chain(downwards));
        int[] shuffled = Radix.places(DEEP);
        RandomGenerator random = Seeds.random("ReferencesTest");
        for (int i = DEEP - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = swapped;
        }
        assertThat(thread(shuffled)).as("seed %d", Seeds.seed()).isEqualTo(chain(shuffled));
    }

    /// The last message says that the first one answers it: that would be a loop of all.
    @Test
    void aLoopOfAllMessagesIsLeftOpen() {
        int[] own = Radix.places(DEEP);
        int[] references = new int[DEEP];
        int[] ends = new int[DEEP];
        for (int i = 0; i < DEEP; i++) {
            references[i] = i == 0 ? DEEP - 1 : i - 1;
            ends[i] = i + 1;
        }
        int[] parents = new References(column(own, ends, references), own).thread();
        assertThat(parents[0]).isEqualTo(DEEP - 1);
        assertThat(Arrays.copyOfRange(parents, 1, DEEP - 1)).isEqualTo(Arrays.copyOf(Radix.places(DEEP), DEEP - 2));
        assertThat(parents[DEEP - 1]).isEqualTo(-1);
    }

    @Test
    void allMessagesMayHaveOneIdAndOneParent() {
        int[] own = new int[DEEP];
        int[] references = new int[DEEP];
        Arrays.fill(references, 1);
        int[] ends = new int[DEEP];
        for (int i = 0; i < DEEP; i++) {
            ends[i] = i + 1;
        }
        int[] parents = new References(column(own, ends, references), Radix.places(DEEP)).thread();
        assertThat(parents).hasSize(DEEP + 1).containsOnly(DEEP, -1);
        assertThat(parents[DEEP]).isEqualTo(-1);
    }

    /// Message i has the id `ids[i]` and answers `ids[i] - 1`.
    private static int[] thread(int[] ids) {
        int[] references = new int[ids.length];
        int[] ends = new int[ids.length];
        int end = 0;
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] > 0) {
                references[end++] = ids[i] - 1;
            }
            ends[i] = end;
        }
        return new References(column(ids, ends, references), Radix.places(ids.length)).thread();
    }

    private static int[] chain(int[] ids) {
        int[] where = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            where[ids[i]] = i;
        }
        int[] parents = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            parents[i] = ids[i] == 0 ? -1 : where[ids[i] - 1];
        }
        return parents;
    }

    private static LinkColumn column(int[] own, int[] ends, int[] references) {
        return new LinkColumn(Radix.places(own.length), own, ends, references, new BitSet(), new long[own.length]);
    }
}
