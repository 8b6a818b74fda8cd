package palomar.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.PrimitiveIterator;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class UidSetTest {

    @Test
    void runsAreMergedAndPrintedAsOnTheWire() {
        assertThat(UidSet.of(3, 1, 2, 7, 9, 8, 5)).hasToString("1:3,5,7:9");
        assertThat(UidSet.EMPTY).hasToString("");
        assertThat(UidSet.of(4, 4, 4)).hasToString("4");
        assertThat(new UidSet.Builder().addRange(5, 9).addRange(1, 6).build()).hasToString("1:9");
        assertThat(UidSet.ALL).hasToString("1:4294967295");
        assertThat(UidSet.ALL.size()).isEqualTo(4294967295L);
        assertThat(UidSet.ofRange(3, 2)).isSameAs(UidSet.EMPTY);
    }

    @Test
    void numbersThatAreNoUidsAreRefused() {
        for (long wrong : new long[] {0, -1, 1L << 32}) {
            assertThatThrownBy(() -> UidSet.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void setAlgebraAgreesWithATreeSet() {
        RandomGenerator random = Seeds.random("UidSet");
        for (int round = 0; round < 300; round++) {
            TreeSet<Long> a = numbers(random);
            TreeSet<Long> b = numbers(random);
            UidSet setA = set(a);
            UidSet setB = set(b);
            TreeSet<Long> both = new TreeSet<>(a);
            both.retainAll(b);
            TreeSet<Long> either = new TreeSet<>(a);
            either.addAll(b);
            TreeSet<Long> onlyA = new TreeSet<>(a);
            onlyA.removeAll(b);
            String seed = "seed " + Seeds.seed() + " round " + round;
            assertThat(members(setA.intersect(setB))).as(seed).isEqualTo(both);
            assertThat(members(setA.union(setB))).as(seed).isEqualTo(either);
            assertThat(members(setA.minus(setB))).as(seed).isEqualTo(onlyA);
            assertThat(setA.size()).as(seed).isEqualTo(a.size());
            TreeSet<Long> top = new TreeSet<>(a);
            while (top.size() > b.size()) {
                top.pollFirst();
            }
            assertThat(members(setA.highest(b.size()))).as(seed).isEqualTo(top);
            for (long uid = 1; uid <= 70; uid++) {
                assertThat(setA.contains(uid)).as(seed).isEqualTo(a.contains(uid));
            }
        }
    }

    private static TreeSet<Long> numbers(RandomGenerator random) {
        TreeSet<Long> numbers = new TreeSet<>();
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            numbers.add(1 + (long) random.nextInt(60));
        }
        return numbers;
    }

    private static UidSet set(TreeSet<Long> numbers) {
        return UidSet.of(numbers.stream().mapToLong(Long::longValue).toArray());
    }

    private static TreeSet<Long> members(UidSet set) {
        TreeSet<Long> members = new TreeSet<>();
        PrimitiveIterator.OfLong each = set.iterator();
        while (each.hasNext()) {
            members.add(each.nextLong());
        }
        return members;
    }
}
