package palomar.net;

import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteOutput;

/// The writing half: borrows a buffer at the first byte, gives it back at the flush. One thread at a time.
final class SocketOutput extends ByteOutput {
    private static final byte[] NOTHING = new byte[0];

    private final Wire wire;
    private final BufferPool pool;
    private @Nullable TlsPipe tls;

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

    @Override
    protected void drain() {
        if (buffer.length == 0) {
            buffer = pool.borrow();
        } else {
            send();
        }
    }

    @Override
    public void flush() {
        if (position > 0) {
            send();
        }
        release();
    }

    private void send() {
        int length = position;
        position = 0;
        TlsPipe pipe = tls;
        if (pipe == null) {
            wire.write(buffer, 0, length);
        } else {
            pipe.write(buffer, 0, length);
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
