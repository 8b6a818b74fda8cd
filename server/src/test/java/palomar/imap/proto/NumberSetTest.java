package palomar.imap.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.mail.UidSet;
import palomar.testkit.Seeds;

/// What sets mean against a mailbox. RFC 9051 9: seq-number, seq-range, sequence-set
class NumberSetTest {

    private static Ranges ranges(long... ends) {
        Ranges.Builder builder = new Ranges.Builder();
        for (int i = 0; i < ends.length; i += 2) {
            builder.add(ends[i], ends[i + 1]);
        }
        return builder.build();
    }

    @Test
    void theStarIsTheLastMessage() {
        NumberSet.Uids uids = new NumberSet.Uids(ranges(3291, 0));
        assertThat(uids.resolve(4000)).isEqualTo(UidSet.ofRange(3291, 4000));
        assertThat(uids.resolve(100)).as("reversed").isEqualTo(UidSet.ofRange(100, 3291));
        NumberSet.Seqs seqs = new NumberSet.Seqs(ranges(0, 4, 5, 7));
        assertThat(seqs.resolve(10)).isEqualTo(SeqSet.ofRange(4, 10));
        assertThat(seqs.toString()).isEqualTo("*:4,5:7");
    }

    @Test
    void theExampleOfTheRfc() {
        assertThat(new NumberSet.Seqs(ranges(2, 2, 4, 7, 9, 9, 12, 0))
                        .resolve(15)
                        .toString())
                .isEqualTo("2,4:7,9,12:15");
    }

    @Test
    void numbersBeyondTheMailboxAreNoticed() {
        assertThat(new NumberSet.Seqs(ranges(5, 5)).isBeyond(5)).isFalse();
        assertThat(new NumberSet.Seqs(ranges(6, 1)).isBeyond(5)).isTrue();
        assertThat(new NumberSet.Seqs(ranges(1, 0)).isBeyond(5)).isFalse();
        assertThat(new NumberSet.Seqs(ranges(0, 0)).isBeyond(0)).isTrue();
        assertThat(new NumberSet.Seqs(ranges(1, 0)).isBeyond(0)).isTrue();
        assertThat(new NumberSet.Seqs(new Numbers.Saved()).isBeyond(0)).isFalse();
        assertThat(new NumberSet.Seqs(ranges(0, 0)).resolve(0)).isEqualTo(SeqSet.EMPTY);
    }

    @Test
    void uidsAreNotClippedButSequenceNumbersAre() {
        assertThat(new NumberSet.Uids(ranges(1, Ranges.MAX)).resolve(5)).isEqualTo(UidSet.ALL);
        assertThat(new NumberSet.Seqs(ranges(3, Ranges.MAX)).resolve(5)).isEqualTo(SeqSet.ofRange(3, 5));
    }

    @Test
    void theSavedResultIsTheSessionsBusiness() {
        assertThatThrownBy(() -> new NumberSet.Uids(new Numbers.Saved()).resolve(1))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new NumberSet.Seqs(new Numbers.Saved()).resolve(1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ascendingMeansEachLargerThanTheLast() {
        assertThat(ranges(1, 3, 4, 4, 9, 10).isAscending()).isTrue();
        assertThat(ranges(1, 3, 3, 4).isAscending()).isFalse();
        assertThat(ranges(3, 1).isAscending()).isFalse();
        assertThat(ranges(2, 2, 1, 1).isAscending()).isFalse();
    }

    @Test
    void randomSetsResolveLikeAModel() {
        RandomGenerator random = Seeds.random("randomSetsResolveLikeAModel");
        for (int round = 0; round < 3_000; round++) {
            int exists = 1 + random.nextInt(40);
            Ranges.Builder builder = new Ranges.Builder();
            BitSet model = new BitSet();
            for (int i = random.nextInt(6); i >= 0; i--) {
                int from = random.nextInt(50);
                int to = random.nextInt(50);
                builder.add(from, to);
                int a = from == 0 ? exists : from;
                int b = to == 0 ? exists : to;
                model.set(Math.min(a, b), Math.max(a, b) + 1);
            }
            Ranges ranges = builder.build();
            UidSet uids = ranges.uids(exists);
            SeqSet seqs = ranges.seqs(exists);
            for (int n = 1; n < 60; n++) {
                assertThat(uids.contains(n)).as("seed %d", Seeds.seed()).isEqualTo(model.get(n));
                assertThat(seqs.contains(n)).isEqualTo(n <= exists && model.get(n));
                assertThat(ranges.contains(n, exists)).isEqualTo(model.get(n));
            }
            assertThat(ranges.largest(exists)).isEqualTo(model.length() - 1);
        }
    }
}
