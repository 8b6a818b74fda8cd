package palomar.bytes;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/// Bytes arriving from somewhere, with one byte of look-ahead: what every protocol parser reads from.
///
/// The window `buffer[position, limit)` is borrowed from a pool by network inputs and handed back while they wait,
/// so no parser may keep a reference to it across a call that can block. One thread owns an input.
public abstract class ByteInput {
    private static final byte[] NOTHING = new byte[0];

    /// The current window; subclasses replace it in [#refill()].
    protected byte[] buffer = NOTHING;

    protected int position;
    protected int limit;

    /// Waits for at least one byte and makes it the window; called only when the window is empty.
    ///
    /// @return false at the end of the input
    protected abstract boolean refill() throws IOException;

    /// Bytes that can be read without waiting.
    public final int buffered() {
        return limit - position;
    }

    /// The next byte (0 to 255), or -1 at the end.
    public final int read() throws IOException {
        if (position == limit && !refill()) {
            return -1;
        }
        return buffer[position++] & 0xff;
    }

    /// The next byte without taking it, or -1 at the end.
    public final int peek() throws IOException {
        if (position == limit && !refill()) {
            return -1;
        }
        return buffer[position] & 0xff;
    }

    /// At least one and at most `length` bytes, or -1 at the end.
    public final int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (position == limit && !refill()) {
            return -1;
        }
        int taken = Math.min(length, limit - position);
        System.arraycopy(buffer, position, target, offset, taken);
        position += taken;
        return taken;
    }

    /// Moves up to `count` bytes to `out`, window by window; returns how many came before the end.
    public final long transferTo(OutputStream out, long count) throws IOException {
        long left = count;
        while (left > 0) {
            if (position == limit && !refill()) {
                break;
            }
            int taken = (int) Math.min(left, limit - position);
            out.write(buffer, position, taken);
            position += taken;
            left -= taken;
        }
        return count - left;
    }

    /// Looks at arrived bytes in place; keeps no reference to the array.
    public interface Taker {
        /// Says how many bytes of `buffer[from, to)` it takes.
        int take(byte[] buffer, int from, int to) throws IOException;
    }

    /// Waits for at least one byte, shows all that is there to `taker` and moves on by what it takes; returns
    /// that, or
    /// -1 at the end.
    public final int show(Taker taker) throws IOException {
        if (position == limit && !refill()) {
            return -1;
        }
        int taken = Objects.checkIndex(taker.take(buffer, position, limit), limit - position + 1);
        position += taken;
        return taken;
    }

    /// Discards what has arrived but was not read. STARTTLS must call it: RFC 9051 6.2.1, the injection guard.
    public final int discardBuffered() {
        int dropped = limit - position;
        position = limit;
        return dropped;
    }

    /// An input over bytes in memory.
    public static ByteInput of(byte[] content) {
        return new ByteInput() {
            {
                buffer = content;
                limit = content.length;
            }

            @Override
            protected boolean refill() {
                return false;
            }
        };
    }
}
