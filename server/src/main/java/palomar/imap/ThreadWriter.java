package palomar.imap;

import java.io.IOException;
import palomar.bytes.ByteOutput;
import palomar.imap.order.Forest;

/// Prints `* THREAD (2)(3 6 (4 23)(44 7 96))`. RFC 5256 4 and 5 (thread-data)
///
/// @param numbers of the forest's messages
record ThreadWriter(ByteOutput out, Forest forest, int[] numbers) {

    void write() throws IOException {
        out.ascii("* THREAD");
        if (forest.threads() > 0) {
            out.write(' ');
        }
        for (int thread = 0; thread < forest.threads(); thread++) {
            thread(forest.root(thread));
        }
        out.crlf();
    }

    /// Without recursion: threads are as deep as senders like.
    private void thread(int root) throws IOException {
        out.write('(');
        number(root);
        int at = root;
        while (at >= 0) {
            int child = forest.firstChild(at);
            at = child < 0 ? ended(at, root) : begun(at, child);
        }
    }

    private int begun(int parent, int child) throws IOException {
        if (parent < forest.messages()) {
            out.write(' ');
        }
        if (forest.nextSibling(child) >= 0) {
            out.write('(');
        }
        number(child);
        return child;
    }

    /// Closes what ends with a message that has no children; returns the sibling with which it goes on, or -1.
    private int ended(int leaf, int root) throws IOException {
        int at = leaf;
        while (at != root) {
            int sibling = forest.nextSibling(at);
            boolean several = sibling >= 0 || forest.firstChild(forest.parent(at)) != at;
            if (several) {
                out.write(')');
            }
            if (sibling >= 0) {
                out.write('(');
                number(sibling);
                return sibling;
            }
            at = forest.parent(at);
        }
        out.write(')');
        return -1;
    }

    private void number(int item) throws IOException {
        if (item < forest.messages()) {
            out.number(Integer.toUnsignedLong(numbers[item]));
        }
    }
}
