package palomar.message;

import java.io.IOException;
import java.io.InputStream;

/// A stream that is made piece by piece, and of which only so much is given out. One thread.
public abstract class PieceStream extends InputStream {
    private static final byte[] NOTHING = {};

    private byte[] piece = NOTHING;
    private int position;
    private int limit;
    private long left;
    private boolean over;

    /// @param most bytes to give out, counted from the start
    protected PieceStream(long most) {
        left = most;
    }

    /// Makes the next piece and shows it by [#show]; a piece may be empty.
    ///
    /// @return false when it was the last
    protected abstract boolean next() throws IOException;

    protected final void show(byte[] bytes, int from, int to) {
        piece = bytes;
        position = from;
        limit = to;
    }

    @Override
    public final int read() throws IOException {
        if (!fill()) {
            return -1;
        }
        left--;
        return piece[position++] & 0xff;
    }

    @Override
    public final int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int taken = take(length);
        System.arraycopy(piece, position - taken, target, offset, taken);
        return taken;
    }

    /// Skips at most what is made already, so that nothing is copied.
    @Override
    public final long skip(long count) throws IOException {
        return count <= 0 || !fill() ? 0 : take(count);
    }

    private int take(long wanted) {
        int taken = (int) Math.min(left, Math.min(wanted, limit - position));
        position += taken;
        left -= taken;
        return taken;
    }

    private boolean fill() throws IOException {
        while (position == limit && !over && left > 0) {
            over = !next();
        }
        return position < limit && left > 0;
    }
}
