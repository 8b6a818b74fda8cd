package palomar.net;

import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteOutput;

/// The writing half: borrows a buffer at the first byte, gives it back at the flush. One thread at a time.
final class SocketOutput extends ByteOutput {
    private static final byte[] NOTHING = new byte[0];

    private final Wire wire;
    private final BufferPool pool;
    private @Nullable TlsPipe tls;
    private @Nullable Deflation deflation;

    SocketOutput(Wire wire, BufferPool pool) {
        this.wire = wire;
        this.pool = pool;
    }

    /// From here on what is written goes through TLS. Nothing may be unflushed.
    void startTls(TlsPipe pipe) {
        if (position > 0) {
            throw new IllegalStateException("unflushed plain output before TLS");
        }
        tls = pipe;
    }

    /// From here on what is written is compressed; null ends that. Nothing may be unflushed.
    void compress(@Nullable Deflation begun) {
        if (position > 0) {
            throw new IllegalStateException("unflushed output before compression begins or ends");
        }
        deflation = begun;
    }

    @Override
    protected void drain() {
        if (buffer.length == 0) {
            buffer = pool.borrow();
        } else {
            send(false);
        }
    }

    @Override
    public void flush() {
        Deflation compressing = deflation;
        if (position > 0 || compressing != null && compressing.inBurst()) {
            send(true);
        }
        release();
    }

    private void send(boolean all) {
        int length = position;
        position = 0;
        Deflation compressing = deflation;
        if (compressing == null) {
            send(buffer, length);
        } else {
            compressing.write(buffer, length, all, this::send);
        }
    }

    private void send(byte[] bytes, int length) {
        TlsPipe pipe = tls;
        if (pipe == null) {
            wire.write(bytes, 0, length);
        } else {
            pipe.write(bytes, 0, length);
        }
    }

    /// Forgets what was not flushed. The buffer goes to the garbage collector, not to the pool: should another
    /// thread of the session still write, it must not write into what is another session's by then.
    void discard() {
        position = 0;
        buffer = NOTHING;
    }

    private void release() {
        if (buffer.length > 0) {
            byte[] lent = buffer;
            buffer = NOTHING;
            pool.giveBack(lent);
        }
    }
}
