package palomar.net;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteInput;

/// The reading half: lends a pooled buffer only while there is something in it.
///
/// In plain it waits with a small array. When that came back full and more has arrived, the rest goes into a
/// pooled buffer, which is kept as long as further input is there without waiting (pipelined commands, literals).
final class SocketInput extends ByteInput {
    private static final byte[] NOTHING = new byte[0];
    private static final int IDLE_BYTES = 64;

    /// A Unix socket can't tell how much has arrived, so it waits with a buffer worth reading into.
    private static final int UNIX_IDLE_BYTES = 8192;

    private final Wire wire;
    private final BufferPool pool;
    private byte[] idleBuffer = NOTHING;
    private byte @Nullable [] held;
    private @Nullable TlsPipe tls;
    private @Nullable SocketOutput flushed;

    /// Under compression another one reads the compressed bytes, and this one shows what they say.
    private @Nullable SocketInput inner;

    private @Nullable Inflation inflation;

    SocketInput(Wire wire, BufferPool pool) {
        this.wire = wire;
        this.pool = pool;
    }

    /// What is flushed before each wait; null for nothing.
    void flushBeforeWaiting(@Nullable SocketOutput output) {
        flushed = output;
        SocketInput compressed = inner;
        if (compressed != null) {
            compressed.flushed = output;
        }
    }

    boolean compressed() {
        return inner != null;
    }

    /// From here on what comes is compressed, what is buffered included.
    void inflate(DeflatePool inflaters) {
        SocketInput below = new SocketInput(wire, pool);
        moveTo(below);
        inner = below;
        inflation = new Inflation(below, inflaters);
    }

    /// The client ends its compression behind what it has said. What came behind that is read as it is.
    void endInflate() throws IOException {
        SocketInput below = inner;
        Inflation ending = inflation;
        if (below == null || ending == null) {
            throw new IllegalStateException("nothing is compressed");
        }
        ending.finish();
        inner = null;
        inflation = null;
        below.moveTo(this);
    }

    private void moveTo(SocketInput other) {
        other.release();
        other.idleBuffer = idleBuffer;
        other.held = held;
        other.tls = tls;
        other.flushed = flushed;
        other.buffer = buffer;
        other.position = position;
        other.limit = limit;
        idleBuffer = NOTHING;
        held = null;
        buffer = NOTHING;
        position = 0;
        limit = 0;
    }

    /// From here on what is read comes out of TLS. Nothing may be buffered.
    void startTls(TlsPipe pipe) {
        release();
        idleBuffer = NOTHING;
        tls = pipe;
    }

    /// Bytes in the window, taken out of it: for the reader that follows.
    byte[] takeBuffered() {
        byte[] taken = Arrays.copyOfRange(buffer, position, limit);
        position = limit;
        return taken;
    }

    @Override
    protected boolean refill() throws IOException {
        Inflation inflating = inflation;
        if (inflating != null) {
            release();
            byte[] target = pool.borrow();
            held = target;
            return window(target, inflating.read(target));
        }
        TlsPipe pipe = tls;
        if (pipe != null) {
            release();
            flush();
            return refillFrom(pipe);
        }
        byte[] large = held;
        if (large != null && wire.available() > 0) {
            return window(large, wire.read(large, 0, large.length));
        }
        release();
        flush();
        byte[] small = idleBuffer();
        return arrived(wire.read(small, 0, small.length));
    }

    private byte[] idleBuffer() {
        if (idleBuffer.length == 0) {
            idleBuffer = new byte[wire.unix() ? UNIX_IDLE_BYTES : IDLE_BYTES];
        }
        return idleBuffer;
    }

    /// Makes ready for a wait: gives the buffer back and flushes. Returns what the waiting thread shall read into,
    /// then tell [#waited]; null when it need not wait or [#refill] knows better.
    byte @Nullable [] waitingArray() {
        SocketInput below = inner;
        Inflation inflating = inflation;
        if (below != null && inflating != null) {
            if (inflating.pending()) {
                return null;
            }
            release();
            inflating.park();
            return below.waitingArray();
        }
        if (held != null && tls == null) {
            return null;
        }
        release();
        flush();
        TlsPipe pipe = tls;
        return pipe == null ? idleBuffer() : pipe.waitingArray();
    }

    /// So much has come into the array of [#waitingArray()]. False at the end of the input.
    boolean waited(int count) throws IOException {
        SocketInput below = inner;
        if (below != null) {
            return below.waited(count) && peek() >= 0;
        }
        TlsPipe pipe = tls;
        return pipe == null ? arrived(count) : pipe.arrived(count) && peek() >= 0;
    }

    private boolean arrived(int count) {
        if (count < idleBuffer.length || wire.available() == 0) {
            return window(idleBuffer, count);
        }
        byte[] large = pool.borrow();
        held = large;
        System.arraycopy(idleBuffer, 0, large, 0, count);
        return window(large, count + Math.max(0, wire.read(large, count, large.length - count)));
    }

    private void flush() {
        SocketOutput output = flushed;
        if (output != null) {
            output.flush();
        }
    }

    private boolean refillFrom(TlsPipe pipe) {
        TlsPipe.Plaintext got = pipe.read();
        if (got == null) {
            return window(NOTHING, -1);
        }
        if (got.pooled()) {
            held = got.bytes();
        }
        return window(got.bytes(), got.length());
    }

    private boolean window(byte[] bytes, int count) {
        buffer = bytes;
        position = 0;
        limit = Math.max(0, count);
        return count > 0;
    }

    /// Gives everything back at the end of the connection.
    void close() {
        release();
        SocketInput below = inner;
        Inflation inflating = inflation;
        if (below != null && inflating != null) {
            inflating.release();
            below.release();
        }
    }

    /// Gives the buffer back; what was in it is lost.
    void release() {
        buffer = NOTHING;
        position = 0;
        limit = 0;
        byte[] large = held;
        if (large != null) {
            held = null;
            pool.giveBack(large);
        }
    }
}
