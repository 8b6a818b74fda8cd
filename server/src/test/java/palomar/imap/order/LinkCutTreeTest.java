package palomar.imap.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.testkit.Seeds;

class LinkCutTreeTest {
    @Test
    void rootsAreThoseThatAWalkFinds() {
        RandomGenerator random = Seeds.random("LinkCutTreeTest");
        for (int round = 0; round < 50; round++) {
            int[] parents = new int[random.nextInt(2, 60)];
            Arrays.fill(parents, -1);
            for (int node = 1; node < parents.length; node++) {
                parents[node] = random.nextInt(3) == 0 ? -1 : random.nextInt(node);
            }
            LinkCutTree tree = new LinkCutTree(parents);
            for (int step = 0; step < 500; step++) {
                int node = random.nextInt(parents.length);
                int other = random.nextInt(parents.length);
                if (parents[node] != -1 && random.nextBoolean()) {
                    tree.cut(node);
                    parents[node] = -1;
                } else if (parents[node] == -1 && root(parents, other) != node) {
                    tree.link(node, other);
                    parents[node] = other;
                }
                assertThat(tree.root(other)).as("seed %d", Seeds.seed()).isEqualTo(root(parents, other));
            }
        }
    }

    private static int root(int[] parents, int node) {
        int at = node;
        while (parents[at] != -1) {
            at = parents[at];
        }
        return at;
    }
}
