package palomar.imap.order;

import java.util.Arrays;

/// Messages in threads: who is whose parent, and what order siblings have. Used once; one thread.
///
/// Items are messages, counted from 0 in the order of the view, and behind them dummies, which stand for a common
/// parent that is not there; dummies have no parent and at least one child. RFC 5256 3
public final class Forest {
    static final int NONE = -1;

    private final int messages;
    /// Messages by sent date.
    private final int[] byDate;
    private final int[] parents;
    private final int[] firstChild;
    private final int[] nextSibling;
    private int[] roots = new int[0];

    private Forest(int messages, int[] byDate, int[] parents) {
        this.messages = messages;
        this.byDate = byDate;
        this.parents = parents;
        this.firstChild = new int[parents.length];
        this.nextSibling = new int[messages];
    }

    /// @param byDate all messages, by sent date and then by their place
    /// @param parents of messages, [#NONE] for those on top; what it has behind the messages are dummies
    static Forest of(int[] byDate, int[] parents) {
        Forest forest = new Forest(byDate.length, byDate, parents);
        forest.sortSiblings();
        return forest;
    }

    private void sortSiblings() {
        Arrays.fill(firstChild, NONE);
        Arrays.fill(nextSibling, NONE);
        for (int i = byDate.length - 1; i >= 0; i--) {
            int message = byDate[i];
            int parent = parents[message];
            if (parent != NONE) {
                nextSibling[message] = firstChild[parent];
                firstChild[parent] = message;
            }
        }
        roots = new int[parents.length];
        int count = 0;
        for (int message : byDate) {
            int parent = parents[message];
            if (parent == NONE) {
                roots[count++] = message;
            } else if (parent >= messages && firstChild[parent] == message) {
                // A dummy stands where its first child would.
                roots[count++] = parent;
            }
        }
        roots = Arrays.copyOf(roots, count);
    }

    /// Threads by the largest number of any message in them; equal ones stay as they are.
    ///
    /// @param numbers of each message
    Forest sortThreads(long[] numbers) {
        long[] largest = new long[parents.length];
        Arrays.fill(largest, Long.MIN_VALUE);
        for (int root : roots) {
            for (int item = root; item != NONE; item = following(item, root)) {
                if (item < messages) {
                    largest[root] = Math.max(largest[root], numbers[item]);
                }
            }
        }
        roots = Radix.sort(roots, largest);
        return this;
    }

    /// The item after this one in its thread, children before siblings; [#NONE] behind the last.
    private int following(int item, int root) {
        if (firstChild[item] != NONE) {
            return firstChild[item];
        }
        int at = item;
        while (at != root && nextSibling[at] == NONE) {
            at = parents[at];
        }
        return at == root ? NONE : nextSibling[at];
    }

    public int threads() {
        return roots.length;
    }

    /// The top of a thread; a dummy is one from [#messages()] on.
    public int root(int thread) {
        return roots[thread];
    }

    public int messages() {
        return messages;
    }

    /// -1 for none.
    public int firstChild(int item) {
        return firstChild[item];
    }

    /// -1 for none; not for roots.
    public int nextSibling(int message) {
        return nextSibling[message];
    }

    /// -1 for none.
    public int parent(int message) {
        return parents[message];
    }
}
