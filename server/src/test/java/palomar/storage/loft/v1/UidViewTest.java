package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import palomar.mail.UidSet;
import palomar.testkit.Seeds;

class UidViewTest {
    @Test
    void anUnbrokenRunNeedsNoArray() {
        UidView dense = new UidView(LiveUids.NONE, 7, 5, 1, 12);

        assertThat(dense.uid(1)).isEqualTo(7);
        assertThat(dense.uid(5)).isEqualTo(11);
        assertThat(dense.uids()).isEqualTo(UidSet.ofRange(7, 11));
        check(dense, new long[] {7, 8, 9, 10, 11});
    }

    @Test
    void theHighestUidsAreNoNegativeNumbers() {
        check(new UidView(LiveUids.NONE, -3, 2, 1, 12), new long[] {0xffff_fffdL, 0xffff_fffeL});
        check(new UidView(new int[] {5, -3}, 0, 2, 1, 12), new long[] {5, 0xffff_fffdL});
    }

    @Test
    void anEmptyOneHasNothing() {
        check(new UidView(LiveUids.NONE, 0, 0, 1, 1), new long[0]);
    }

    @Test
    void aViewWithHolesKnowsItsRuns() {
        RandomGenerator chance = Seeds.random("UidViewTest");
        for (int round = 0; round < 200; round++) {
            int last = 1 + chance.nextInt(300);
            int keep = 1 + chance.nextInt(20);
            int[] uids = IntStream.rangeClosed(1, last)
                    .filter(uid -> chance.nextInt(keep) > 0)
                    .toArray();
            check(
                    new UidView(Arrays.copyOf(uids, uids.length + 3), 0, uids.length, 1, last + 1),
                    Arrays.stream(uids).asLongStream().toArray());
        }
    }

    private static void check(UidView view, long[] uids) {
        assertThat(view.count()).isEqualTo(uids.length);
        assertThat(view.uids()).isEqualTo(UidSet.of(uids));
        long end = uids.length == 0 ? 3 : uids[uids.length - 1] + 2;
        long start = uids.length == 0 ? 1 : Math.max(1, uids[0] - 2);
        for (long uid = end - start > 1000 ? end - 1000 : start; uid <= end; uid++) {
            int place = Arrays.binarySearch(uids, uid);
            assertThat(view.seq(uid)).isEqualTo(place < 0 ? 0 : place + 1);
            assertThat(view.seqAtOrAfter(uid)).isEqualTo(place < 0 ? -place : place + 1);
        }
    }
}
