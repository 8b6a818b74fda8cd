package palomar.imap.order;

import java.util.Arrays;
import java.util.BitSet;

/// Puts threads together whose base subjects are the same. RFC 5256 3 (REFERENCES, step 5). Used once; one thread.
final class SubjectMerge {
    private static final int NONE = -1;

    private final int messages;
    /// Tops of threads by date: messages, or dummies from `messages` on.
    private final int[] roots;
    /// Of each top the message whose subject counts.
    private final int[] shown;
    private final int[] subjects;
    private final BitSet replies;
    private int[] parents;
    private int items;

    /// @param subjects the number of each message's base subject; -1 when it is empty
    /// @param replies messages that are replies or forwards
    SubjectMerge(Forest forest, int[] parents, int[] subjects, BitSet replies) {
        this.messages = forest.messages();
        this.roots = new int[forest.threads()];
        this.shown = new int[roots.length];
        for (int thread = 0; thread < roots.length; thread++) {
            int root = forest.root(thread);
            roots[thread] = root;
            shown[thread] = root < messages ? root : forest.firstChild(root);
        }
        this.subjects = subjects;
        this.replies = replies;
        this.items = parents.length;
        // Each new dummy takes two threads into one.
        this.parents = Arrays.copyOf(parents, parents.length + roots.length);
        Arrays.fill(this.parents, parents.length, this.parents.length, NONE);
    }

    /// The parents after merging; there may be more dummies, and some without children.
    ///
    /// @param distinct how many subjects there are
    int[] merge(int distinct) {
        int[] table = table(distinct);
        int[] movedTo = new int[parents.length];
        Arrays.fill(movedTo, NONE);
        for (int thread = 0; thread < roots.length; thread++) {
            int subject = subjects[shown[thread]];
            int root = roots[thread];
            if (subject == NONE || table[subject] == root) {
                continue;
            }
            int target = table[subject];
            if (target >= messages) {
                if (root >= messages) {
                    movedTo[root] = target;
                } else {
                    parents[root] = target;
                }
            } else if (replies.get(root) && !replies.get(target)) {
                parents[root] = target;
            } else {
                int dummy = items++;
                parents[root] = dummy;
                parents[target] = dummy;
                table[subject] = dummy;
            }
        }
        for (int message = 0; message < messages; message++) {
            int parent = parents[message];
            if (parent >= messages && movedTo[parent] != NONE) {
                parents[message] = movedTo[parent];
            }
        }
        parents = Arrays.copyOf(parents, items);
        return parents;
    }

    /// Step 5.B: the top that stands for each subject.
    private int[] table(int distinct) {
        int[] table = new int[distinct];
        Arrays.fill(table, NONE);
        for (int thread = 0; thread < roots.length; thread++) {
            int subject = subjects[shown[thread]];
            if (subject == NONE) {
                continue;
            }
            int known = table[subject];
            int root = roots[thread];
            boolean better =
                    known != NONE && known < messages && (root >= messages || replies.get(known) && !replies.get(root));
            if (known == NONE || better) {
                table[subject] = root;
            }
        }
        return table;
    }
}
