package palomar.message;

import java.io.IOException;
import java.io.InputStream;

/// The next bytes of another stream, up to a number of them. Does not close it. One thread.
final class LimitedStream extends InputStream {
    private final InputStream in;
    private long left;

    LimitedStream(InputStream in, long size) {
        this.in = in;
        this.left = size;
    }

    /// Bytes that were not read.
    long left() {
        return left;
    }

    @Override
    public int read() throws IOException {
        int b = left > 0 ? in.read() : -1;
        left -= b < 0 ? 0 : 1;
        return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0 && length > 0) {
            return -1;
        }
        int read = in.read(target, offset, (int) Math.min(length, left));
        left -= Math.max(0, read);
        return read;
    }
}
