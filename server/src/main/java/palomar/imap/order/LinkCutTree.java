package palomar.imap.order;

import java.util.Arrays;

/// A forest whose roots are found in logarithmic time (amortised) while links come and go: so that threads of any
/// depth are checked for loops without walking them. Link/cut trees after Sleator and Tarjan, in arrays.
///
/// Each tree is cut into paths; a path is a splay tree ordered by depth. `up` of a splay tree's root leads to the
/// parent of the path's top.
final class LinkCutTree {
    private static final int NONE = -1;

    private final int[] left;
    private final int[] right;
    private final int[] up;

    /// @param parents of each node, -1 for roots; copied
    LinkCutTree(int[] parents) {
        left = new int[parents.length];
        right = new int[parents.length];
        up = parents.clone();
        Arrays.fill(left, NONE);
        Arrays.fill(right, NONE);
    }

    int root(int node) {
        expose(node);
        int top = node;
        while (left[top] != NONE) {
            top = left[top];
        }
        splay(top);
        return top;
    }

    /// Makes a root the child of a node of another tree.
    void link(int root, int parent) {
        expose(root);
        up[root] = parent;
    }

    /// Takes a node with all below it off its parent.
    void cut(int node) {
        expose(node);
        int above = left[node];
        if (above != NONE) {
            up[above] = NONE;
            left[node] = NONE;
        }
    }

    /// Makes the path from the root to `node` one splay tree with `node` at its root.
    private void expose(int node) {
        int below = NONE;
        for (int at = node; at != NONE; at = up[at]) {
            splay(at);
            right[at] = below;
            below = at;
        }
        splay(node);
    }

    private boolean isTop(int node) {
        int above = up[node];
        return above == NONE || left[above] != node && right[above] != node;
    }

    private void splay(int node) {
        while (!isTop(node)) {
            int above = up[node];
            if (!isTop(above)) {
                boolean straight = (left[above] == node) == (left[up[above]] == above);
                rotate(straight ? above : node);
            }
            rotate(node);
        }
    }

    private void rotate(int node) {
        int above = up[node];
        int over = up[above];
        if (!isTop(above)) {
            if (left[over] == above) {
                left[over] = node;
            } else {
                right[over] = node;
            }
        }
        int moved;
        if (left[above] == node) {
            moved = right[node];
            left[above] = moved;
            right[node] = above;
        } else {
            moved = left[node];
            right[above] = moved;
            left[node] = above;
        }
        if (moved != NONE) {
            up[moved] = above;
        }
        up[above] = node;
        up[node] = over;
    }
}
