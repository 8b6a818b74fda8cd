package palomar.message;

import java.io.IOException;
import java.io.InputStream;

/// Decodes what it reads from another stream, which it closes. One thread.
final class DecodingStream extends InputStream {
    private static final int PIECE = 8 << 10;

    private final InputStream encoded;
    private final TransferDecoder decoder;
    private final byte[] in = new byte[PIECE];
    private final byte[] out = new byte[PIECE + TransferDecoder.SLACK];
    private long left;
    private int position;
    private int limit;
    private boolean over;

    /// @param most decoded bytes to give out, counted from the start
    DecodingStream(InputStream encoded, TransferDecoder decoder, long most) {
        this.encoded = encoded;
        this.decoder = decoder;
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        if (!fill()) {
            return -1;
        }
        left--;
        return out[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int taken = (int) Math.min(left, Math.min(length, limit - position));
        System.arraycopy(out, position, target, offset, taken);
        position += taken;
        left -= taken;
        return taken;
    }

    /// Skips at most what is decoded already, so that nothing is copied.
    @Override
    public long skip(long count) throws IOException {
        if (count <= 0 || !fill()) {
            return 0;
        }
        int taken = (int) Math.min(left, Math.min(count, limit - position));
        position += taken;
        left -= taken;
        return taken;
    }

    private boolean fill() throws IOException {
        while (position == limit && !over && left > 0) {
            int size = encoded.read(in, 0, in.length);
            position = 0;
            over = size < 0;
            limit = over ? decoder.finish(out) : decoder.decode(in, 0, size, out);
        }
        return position < limit && left > 0;
    }

    @Override
    public void close() throws IOException {
        encoded.close();
    }
}
