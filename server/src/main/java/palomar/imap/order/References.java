package palomar.imap.order;

import java.util.Arrays;

/// Links messages by what they refer to, and takes away what is not there. RFC 5256 3 (REFERENCES, steps 1 to 3).
/// Used once; one thread.
///
/// Nodes are message ids, whether a message has them or not, and behind them messages without an id of their own.
final class References {
    private static final int NONE = -1;
    /// So many steps are walked before a loop is looked for in other ways.
    private static final int SHORT_WALK = 64;

    private final LinkColumn links;
    private final int[] rows;
    private final int[] nodeOf;
    private final int[] messageOf;
    private final int[] parents;
    private final int[] childCount;
    private LinkCutTree deep = new LinkCutTree(new int[0]);
    private boolean isDeep;

    /// @param rows of the messages in `links`, in the order of the view
    References(LinkColumn links, int[] rows) {
        this.links = links;
        this.rows = rows;
        int ids = links.ids().length;
        this.nodeOf = new int[rows.length];
        this.messageOf = new int[ids + rows.length];
        this.parents = new int[ids + rows.length];
        this.childCount = new int[ids + rows.length];
        Arrays.fill(messageOf, NONE);
        Arrays.fill(parents, NONE);
        for (int message = 0; message < rows.length; message++) {
            int own = links.own()[rows[message]];
            int node = own == NONE || messageOf[own] != NONE ? ids + message : own;
            nodeOf[message] = node;
            messageOf[node] = message;
        }
    }

    /// Parents of the messages: messages, -1 for none, or dummies, which are numbered behind the messages. The
    /// array is as long as there are messages and dummies.
    int[] thread() {
        for (int message = 0; message < rows.length; message++) {
            link(message);
        }
        return withoutDummies();
    }

    /// Step 1 for one message.
    private void link(int message) {
        int row = rows[message];
        int from = row == 0 ? 0 : links.ends()[row - 1];
        int to = links.ends()[row];
        int[] references = links.references();
        for (int i = from + 1; i < to; i++) {
            if (parents[references[i]] == NONE) {
                join(references[i], references[i - 1]);
            }
        }
        int node = nodeOf[message];
        int parent = to > from ? references[to - 1] : NONE;
        if (parents[node] == parent) {
            return;
        }
        part(node);
        if (parent != NONE) {
            join(node, parent);
        }
    }

    /// Makes `parent` the parent of a node that has none, unless that makes a loop.
    private void join(int node, int parent) {
        if (node == parent || childCount[node] > 0 && isRootOf(node, parent)) {
            return;
        }
        parents[node] = parent;
        childCount[parent]++;
        if (isDeep) {
            deep.link(node, parent);
        }
    }

    private void part(int node) {
        if (parents[node] == NONE) {
            return;
        }
        childCount[parents[node]]--;
        parents[node] = NONE;
        if (isDeep) {
            deep.cut(node);
        }
    }

    /// Is a node without parent the topmost ancestor of another? Short threads are walked; the first long one
    /// makes a structure of all links, so that deep threads cost no more than shallow ones.
    private boolean isRootOf(int root, int node) {
        int at = node;
        for (int steps = 0; steps < SHORT_WALK; steps++) {
            if (parents[at] == NONE) {
                return at == root;
            }
            at = parents[at];
        }
        if (!isDeep) {
            deep = new LinkCutTree(parents);
            isDeep = true;
        }
        return deep.root(node) == root;
    }

    /// Steps 2 and 3. A dummy's children go to the nearest message above; what is left are dummies on top with
    /// two children or more.
    private int[] withoutDummies() {
        int[] kept = keptAncestors();
        int[] kids = new int[parents.length];
        for (int message = 0; message < rows.length; message++) {
            int above = parents[nodeOf[message]];
            if (above != NONE) {
                kids[kept[above]]++;
            }
        }
        int items = rows.length;
        int[] dummies = new int[parents.length];
        for (int node = 0; node < parents.length; node++) {
            dummies[node] = kids[node] > 1 && messageOf[node] == NONE ? items++ : NONE;
        }
        int[] threaded = new int[items];
        Arrays.fill(threaded, NONE);
        for (int message = 0; message < rows.length; message++) {
            int above = parents[nodeOf[message]];
            if (above != NONE) {
                int node = kept[above];
                threaded[message] = messageOf[node] == NONE ? dummies[node] : messageOf[node];
            }
        }
        return threaded;
    }

    /// Of each node the nearest above it, itself included, that is a message or has no parent.
    private int[] keptAncestors() {
        int[] kept = new int[parents.length];
        Arrays.fill(kept, NONE);
        for (int node = 0; node < parents.length; node++) {
            int at = node;
            while (kept[at] == NONE && messageOf[at] == NONE && parents[at] != NONE) {
                at = parents[at];
            }
            int found = kept[at] == NONE ? at : kept[at];
            for (int back = node; kept[back] == NONE; back = parents[back]) {
                kept[back] = found;
                if (back == at) {
                    break;
                }
            }
        }
        return kept;
    }
}
