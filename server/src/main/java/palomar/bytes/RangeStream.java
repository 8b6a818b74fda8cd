package palomar.bytes;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/// The bytes from one position to another of something that is read by position, which must have them all. One
/// thread.
public final class RangeStream extends InputStream {
    private final Positions source;
    private final Closeable closing;
    private final long end;
    private long at;

    /// What can be read anywhere.
    @FunctionalInterface
    public interface Positions {
        /// Reads at least one byte and at most what the buffer takes; 0 or less where there is none.
        int read(ByteBuffer target, long at) throws IOException;
    }

    /// @param from the first byte
    /// @param end behind the last one
    /// @param closing is closed with the stream
    public RangeStream(Positions source, long from, long end, Closeable closing) {
        this.source = source;
        this.at = from;
        this.end = end;
        this.closing = closing;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int wanted = (int) Math.min(length, end - at);
        if (wanted <= 0) {
            return -1;
        }
        int got = source.read(ByteBuffer.wrap(target, offset, wanted), at);
        if (got <= 0) {
            throw new IOException("it became shorter while it was read");
        }
        at += got;
        return got;
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
