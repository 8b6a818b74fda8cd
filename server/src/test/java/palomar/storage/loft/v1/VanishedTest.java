package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.mail.UidSet;
import palomar.testkit.Seeds;

/// Which expunges are remembered for how long.
class VanishedTest {
    private static final long DAY = 86_400;
    private static final long START = 20_000 * DAY;

    private static Vanished vanished(long changes, int days) {
        return new Vanished(new Retention(changes, days));
    }

    private static Vanished stored(Vanished from, Retention retention) {
        Vanished copy = new Vanished(retention);
        copy.reset(from.floor());
        long[] runs = from.runsAfter(0);
        for (int at = 0; at < runs.length; at += 2) {
            copy.addStored(runs[at + 1] & 0xffff_ffffL, runs[at + 1] >>> 32, runs[at]);
        }
        copy.trim();
        return copy;
    }

    @Test
    void whatIsYoungIsRememberedBeyondTheNumberOfChanges() {
        Vanished vanished = vanished(1000, 30);
        for (int i = 0; i < 5000; i++) {
            vanished.add(UidSet.of(2L * i + 1), i + 2, START + i * 60L);
        }
        assertThat(vanished.reaches(1)).isTrue();
        assertThat(vanished.since(1).size()).isEqualTo(5000);
        assertThat(vanished.since(4001).size()).isEqualTo(1000);
    }

    @Test
    void ofWhatIsOldTheNewestChangesAreRemembered() {
        Vanished vanished = vanished(1000, 30);
        for (int i = 0; i < 5000; i++) {
            vanished.add(UidSet.of(2L * i + 1), i + 2, START + i * 60L);
        }
        vanished.add(UidSet.of(20_001), 6000, START + 400 * DAY);
        assertThat(vanished.reaches(1)).isFalse();
        assertThat(vanished.since(0).size()).isEqualTo(1000);
        assertThat(vanished.floor()).isEqualTo(4002);
        assertThat(vanished.reaches(4002)).isTrue();
        assertThat(vanished.since(4002).size()).isEqualTo(1000);
    }

    @Test
    void theHourSurvivesStoringAndStillDecides() {
        Retention retention = new Retention(1000, 30);
        Vanished vanished = new Vanished(retention);
        for (int day = 0; day < 100; day++) {
            vanished.add(UidSet.ofRange(100L * day + 1, 100L * day + 90), day + 1, START + day * DAY);
        }
        Vanished again = stored(vanished, retention);
        assertThat(again.floor()).isEqualTo(vanished.floor());
        assertThat(again.since(0)).isEqualTo(vanished.since(0));
        assertThat(again.reaches(69)).as("30 days").isTrue();
        assertThat(again.reaches(68)).as("more than 30 days").isFalse();
        again.add(UidSet.of(100_000), 200, START + 110 * DAY);
        assertThat(again.reaches(80)).isTrue();
        assertThat(again.reaches(78)).isFalse();
    }

    @Test
    void anExpungeOfUnknownTimeCountsAsOld() {
        Vanished vanished = vanished(1000, 30);
        vanished.add(UidSet.ofRange(1, 500), 2, 0);
        vanished.add(UidSet.ofRange(501, 5000), 3, START);
        assertThat(vanished.floor()).isEqualTo(2);
        assertThat(vanished.since(2).size()).isEqualTo(4500);
    }

    @Test
    void noMailboxRemembersMoreThanAMillionRuns() {
        Vanished vanished = vanished(10_000_000, 3650);
        for (int i = 0; i < 1200; i++) {
            UidSet.Builder uids = new UidSet.Builder();
            for (int j = 0; j < 1000; j++) {
                uids.add(2L * (i * 1000 + j) + 1);
            }
            vanished.add(uids.build(), i + 2, START + i);
        }
        assertThat(vanished.entries()).isBetween(Vanished.MOST_ENTRIES - 1000, Vanished.MOST_ENTRIES);
        assertThat(vanished.reaches(vanished.floor())).isTrue();
        assertThat(vanished.since(1200).size()).isEqualTo(1000);
    }

    @Test
    void expungesThatComeOutOfOrderAreTheSameAsInOrder() {
        RandomGenerator random = Seeds.random("vanished");
        Retention retention = new Retention(1000, 5);
        for (int round = 0; round < 50; round++) {
            int count = 3 + random.nextInt(40);
            Vanished inOrder = new Vanished(retention);
            Vanished mixed = new Vanished(retention);
            int[] order = random.ints(0, count).limit(4L * count).toArray();
            long[] hours = random.longs(count, 0, 4 * 24).sorted().toArray();
            for (int i = 0; i < count; i++) {
                inOrder.add(uids(i), i + 10, START + hours[i] * 3600);
            }
            for (int i : order) {
                mixed.add(uids(i), i + 10, START + hours[i] * 3600);
            }
            for (int i = 0; i < count; i++) {
                mixed.add(uids(i), i + 10, START + hours[i] * 3600);
            }
            String when = "round " + round + ", seed " + Seeds.seed();
            for (int i = 0; i <= count; i++) {
                assertThat(mixed.since(i + 9)).as(when).isEqualTo(inOrder.since(i + 9));
            }
            assertThat(stored(mixed, retention).runsAfter(0)).as(when).isEqualTo(inOrder.runsAfter(0));
        }
    }

    private static UidSet uids(int number) {
        return UidSet.ofRange(10L * number + 1, 10L * number + 4).union(UidSet.of(10L * number + 7));
    }
}
