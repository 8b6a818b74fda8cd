package palomar.message;

import java.io.IOException;
import java.io.InputStream;

/// Decodes what it reads from another stream, which it closes. One thread.
final class DecodingStream extends PieceStream {
    private static final int PIECE = 8 << 10;

    private final InputStream encoded;
    private final TransferDecoder decoder;
    private final byte[] in = new byte[PIECE];
    private final byte[] out = new byte[PIECE + TransferDecoder.SLACK];

    /// @param most decoded bytes to give out, counted from the start
    DecodingStream(InputStream encoded, TransferDecoder decoder, long most) {
        super(most);
        this.encoded = encoded;
        this.decoder = decoder;
    }

    @Override
    protected boolean next() throws IOException {
        int size = encoded.read(in, 0, in.length);
        show(out, 0, size < 0 ? decoder.finish(out) : decoder.decode(in, 0, size, out));
        return size >= 0;
    }

    @Override
    public void close() throws IOException {
        encoded.close();
    }
}
