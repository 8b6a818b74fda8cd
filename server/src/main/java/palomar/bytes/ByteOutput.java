package palomar.bytes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Bytes on their way out: an output stream that prints numbers and ASCII without making Strings.
///
/// The buffer belongs to the subclass, which may borrow it from a pool; [#drain()] must leave room for at least
/// one more byte. Nothing is sent before [#flush()] or a full buffer. One thread at a time.
public abstract class ByteOutput extends OutputStream {
    private static final byte[] NOTHING = new byte[0];

    protected byte[] buffer = NOTHING;
    protected int position;

    /// Sends or moves away `buffer[0, position)` and leaves a buffer with room at position 0.
    protected abstract void drain() throws IOException;

    @Override
    public final void write(int b) throws IOException {
        if (position == buffer.length) {
            drain();
        }
        buffer[position++] = (byte) b;
    }

    @Override
    public final void write(byte[] source, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (position == buffer.length) {
                drain();
            }
            int taken = Math.min(left, buffer.length - position);
            System.arraycopy(source, from, buffer, position, taken);
            position += taken;
            from += taken;
            left -= taken;
        }
    }

    @Override
    public final void write(byte[] source) throws IOException {
        write(source, 0, source.length);
    }

    /// Characters as single bytes; only for text known to be ASCII.
    @SuppressWarnings("deprecation") // it drops high halves, of which ASCII has none: what is left is a copy of bytes
    public final void ascii(String text) throws IOException {
        int from = 0;
        int end = text.length();
        while (from < end) {
            if (position == buffer.length) {
                drain();
            }
            int taken = Math.min(end - from, buffer.length - position);
            text.getBytes(from, from + taken, buffer, position);
            position += taken;
            from += taken;
        }
    }

    public final void utf8(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A non-negative number in decimal.
    public final void number(long value) throws IOException {
        if (value < 0) {
            throw new IllegalArgumentException("negative number on the wire: " + value);
        }
        if (value < 10) {
            write('0' + (int) value);
            return;
        }
        if (buffer.length - position < 19) {
            ascii(Long.toString(value));
            return;
        }
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        int end = position + digits;
        int at = end;
        long rest = value;
        do {
            buffer[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        position = end;
    }

    public final void crlf() throws IOException {
        write('\r');
        write('\n');
    }
}
