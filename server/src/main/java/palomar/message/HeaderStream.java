package palomar.message;

import java.io.IOException;
import java.io.InputStream;

/// Walks the fields of a header of any size while it is read, as [HeaderCursor] does in memory: each field comes
/// in pieces, of which one at a time is there. One thread; does not close what it reads.
final class HeaderStream {
    /// Most bytes in memory.
    static final int WINDOW = 64 << 10;

    private final InputStream in;
    private final byte[] bytes;
    private final HeaderCursor cursor;
    /// What was read and not given out yet.
    private int at;

    private int limit;
    private boolean over;
    private boolean inField;
    private boolean lineEnded;
    private int from;

    /// @param size bytes that `in` has
    HeaderStream(InputStream in, long size) {
        this.in = in;
        this.bytes = new byte[(int) Math.clamp(size + 1, 1L, WINDOW)];
        this.cursor = new HeaderCursor(bytes, 0, 0);
    }

    /// Moves to the next field, skipping what is left of the current one; false at the empty line or the end.
    boolean next() throws IOException {
        while (inField) {
            piece();
        }
        fill(HeaderCursor.LONGEST_NAME + 2);
        inField = cursor.begin(at, limit);
        lineEnded = false;
        return inField;
    }

    /// Name and start of the value of the field that [#next()] found, until its first piece is taken.
    HeaderCursor cursor() {
        return cursor;
    }

    /// Moves to the next piece of the field, of which the first holds its name; false when there is no more.
    boolean piece() throws IOException {
        if (inField && at == limit) {
            fill(1);
        }
        inField = inField && at < limit && !(lineEnded && !HeaderCursor.isBlank(bytes[at]));
        if (!inField) {
            return false;
        }
        from = at;
        do {
            at = HeaderCursor.lineEnd(bytes, at, limit);
        } while (at < limit && HeaderCursor.isBlank(bytes[at]));
        lineEnded = bytes[at - 1] == '\n';
        return true;
    }

    /// The array in which the cursor and the pieces lie; changed by each step.
    byte[] array() {
        return bytes;
    }

    /// Where the piece starts.
    int from() {
        return from;
    }

    /// Where it ends.
    int to() {
        return at;
    }

    private void fill(int wanted) throws IOException {
        if (over || limit - at >= wanted) {
            return;
        }
        System.arraycopy(bytes, at, bytes, 0, limit - at);
        limit -= at;
        at = 0;
        int room = bytes.length - limit;
        int read = in.readNBytes(bytes, limit, room);
        limit += read;
        over = read < room;
    }
}
