package palomar.message;

import java.util.Arrays;

/// The boundaries of the multiparts that are open, outermost first. RFC 2046 5.1.1
final class Boundaries {
    /// RFC 2046 allows 70 characters.
    static final int LONGEST = 250;
    /// So many bytes of a line decide whether it is a delimiter.
    static final int DECISIVE = 2 + LONGEST + 3;

    static final int NONE = -1;

    private byte[][] delimiters = new byte[4][];
    private PartNode[] owners = new PartNode[4];
    private int count;
    /// Bytes compared so far: lets tests prove that the work is linear.
    private long compared;

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    long compared() {
        return compared;
    }

    PartNode owner(int index) {
        return owners[index];
    }

    void push(String boundary, PartNode owner) {
        if (count == owners.length) {
            delimiters = Arrays.copyOf(delimiters, count * 2);
            owners = Arrays.copyOf(owners, count * 2);
        }
        delimiters[count] = RawText.bytes("--" + boundary);
        owners[count++] = owner;
    }

    /// Forgets all but the outermost `kept`.
    void truncate(int kept) {
        count = kept;
    }

    /// Which multipart's delimiter is this line? Of several the longest, then the innermost.
    ///
    /// After the boundary only the closing dashes, blanks or the line end may come: text that merely starts like a
    /// boundary is text.
    ///
    /// @param line the line's first [#DECISIVE] bytes, or all of it with its LF if there is one
    int match(byte[] line, int length) {
        int best = NONE;
        int bestLength = 0;
        for (int i = count - 1; i >= 0; i--) {
            int size = delimiters[i].length;
            if (size <= bestLength || size > length) {
                continue;
            }
            int same = Arrays.mismatch(line, 0, size, delimiters[i], 0, size);
            compared += same < 0 ? size : same + 1;
            if (same < 0 && endsWell(line, size, length)) {
                best = i;
                bestLength = size;
            }
        }
        return best;
    }

    /// Is this line a delimiter of a multipart with this boundary? Never if that is empty.
    static boolean isDelimiter(String boundary, byte[] line, int length) {
        if (boundary.isEmpty()) {
            return false;
        }
        byte[] delimiter = RawText.bytes("--" + boundary);
        int size = delimiter.length;
        return size <= length && Arrays.equals(line, 0, size, delimiter, 0, size) && endsWell(line, size, length);
    }

    boolean isClosing(int index, byte[] line, int length) {
        return dashes(line, delimiters[index].length, length);
    }

    private static boolean endsWell(byte[] line, int from, int length) {
        if (from == length) {
            return true;
        }
        byte c = line[from];
        return c == '\n' || c == '\r' || c == ' ' || c == '\t' || dashes(line, from, length);
    }

    private static boolean dashes(byte[] line, int from, int length) {
        return from + 1 < length && line[from] == '-' && line[from + 1] == '-';
    }
}
