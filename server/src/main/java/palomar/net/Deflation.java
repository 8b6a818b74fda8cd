package palomar.net;

import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// The compressing half of a connection: raw DEFLATE blocks in bursts. RFC 1951
///
/// A burst ends at a flush, on a byte boundary, and the next one refers to nothing in it. So between bursts no
/// compressor is held, and each begins with whatever compressor is free. One thread at a time.
final class Deflation {
    private static final byte[] NOTHING = new byte[0];

    private final DeflatePool pool;
    private final BufferPool buffers;
    private @Nullable Deflater deflater;

    Deflation(DeflatePool pool, BufferPool buffers) {
        this.pool = pool;
        this.buffers = buffers;
    }

    /// Takes compressed bytes; keeps no reference to the array.
    @FunctionalInterface
    interface Sink {
        void send(byte[] bytes, int length);
    }

    /// True inside a burst: something may not have gone out.
    boolean inBurst() {
        return deflater != null;
    }

    /// Compresses; with `ends` all that was said goes out, and nothing is held any more.
    void write(byte[] source, int length, boolean ends, Sink sink) {
        Deflater own = deflater == null ? pool.deflater() : deflater;
        deflater = own;
        own.setInput(source, 0, length);
        int mode = ends ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
        byte[] target = buffers.borrow();
        try {
            int count = own.deflate(target, 0, target.length, mode);
            while (count > 0) {
                sink.send(target, count);
                count = count < target.length && own.needsInput() ? 0 : own.deflate(target, 0, target.length, mode);
            }
        } finally {
            own.setInput(NOTHING);
            buffers.giveBack(target);
        }
        if (ends) {
            deflater = null;
            pool.giveBack(own);
        }
    }
}
