package palomar.testkit;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// The client's side of raw DEFLATE over a connection: each write is flushed, reads take not a byte more than they
/// need. RFC 4978
public final class Compression {
    private static final int FLUSHED = 0x0000ffff;

    private final InputStream compressedIn;
    private final OutputStream compressedOut;
    private final Inflater inflater = new Inflater(true);
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private int tail;

    public Compression(InputStream compressedIn, OutputStream compressedOut) {
        this.compressedIn = compressedIn;
        this.compressedOut = compressedOut;
    }

    public InputStream in() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return next();
            }
        };
    }

    public OutputStream out() {
        return new FilterOutputStream(compressedOut) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                compressedOut.write(deflated(bytes, offset, length));
            }
        };
    }

    OutputStream plainOut() {
        return compressedOut;
    }

    /// The next burst of our stream.
    byte[] deflated(byte[] bytes, int offset, int length) {
        byte[] burst = new byte[length + length / 8 + 100];
        deflater.setInput(bytes, offset, length);
        int count = deflater.deflate(burst, 0, burst.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(burst, count);
    }

    private int next() throws IOException {
        byte[] one = new byte[1];
        while (true) {
            try {
                if (inflater.inflate(one) == 1) {
                    return one[0] & 0xff;
                }
            } catch (DataFormatException e) {
                throw new IOException("no DEFLATE data from the server", e);
            }
            int b = compressedIn.read();
            if (b < 0 || inflater.finished()) {
                return -1;
            }
            tail = tail << 8 | b;
            inflater.setInput(new byte[] {(byte) b});
        }
    }

    /// Reads the rest of the server's last burst: nothing must come out of it.
    public InputStream end() throws IOException {
        while (tail != FLUSHED) {
            int b = compressedIn.read();
            if (b < 0) {
                throw new IOException("closed inside a burst");
            }
            tail = tail << 8 | b;
        }
        return compressedIn;
    }
}
