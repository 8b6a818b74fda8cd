package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentChangesTest {

    private static List<String> since(RecentChanges changes, long modSeq) {
        List<String> runs = new ArrayList<>();
        changes.visit(modSeq, (first, last) -> runs.add(first + ":" + last));
        return runs;
    }

    @Test
    void itKnowsWhatCameAfterItBegan() {
        RecentChanges changes = new RecentChanges(10);
        assertThat(changes.reachBackTo(9)).isFalse();
        assertThat(changes.reachBackTo(10)).isTrue();
        assertThat(since(changes, 10)).isEmpty();
        changes.add(11, 1, 5);
        changes.add(11, 6, 6);
        changes.add(12, 7, 7);
        assertThat(since(changes, 10)).containsExactly("1:6", "7:7");
        assertThat(since(changes, 11)).containsExactly("7:7");
        assertThat(since(changes, 12)).isEmpty();
    }

    @Test
    void whatItForgetsItNoLongerClaimsToKnow() {
        RecentChanges changes = new RecentChanges(0);
        int count = 5000;
        for (int modSeq = 1; modSeq <= count; modSeq++) {
            changes.add(modSeq, 10L * modSeq, 10L * modSeq);
        }
        long floor = 0;
        while (!changes.reachBackTo(floor)) {
            floor++;
        }
        assertThat(floor).isBetween(count - 1024L, count - 500L);
        assertThat(since(changes, floor)).hasSize((int) (count - floor));
    }
}
