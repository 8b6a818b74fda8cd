package palomar.message.edit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import palomar.bytes.ByteSource;

/// Other sources behind each other. Immutable.
final class JoinedSource implements ByteSource {
    private final ByteSource[] pieces;
    /// Where each piece starts; at the end the size of all.
    private final long[] starts;

    JoinedSource(List<ByteSource> pieces) {
        this.pieces = pieces.toArray(ByteSource[]::new);
        this.starts = new long[this.pieces.length + 1];
        for (int i = 0; i < this.pieces.length; i++) {
            starts[i + 1] = starts[i] + this.pieces[i].size();
        }
    }

    static ByteSource of(List<ByteSource> pieces) {
        List<ByteSource> full =
                pieces.stream().filter(piece -> piece.size() > 0).toList();
        return full.size() == 1 ? full.getFirst() : new JoinedSource(full);
    }

    @Override
    public long size() {
        return starts[pieces.length];
    }

    @Override
    public InputStream open(long from, long count) {
        long start = Math.clamp(from, 0, size());
        return new Joined(start, start + Math.clamp(count, 0, size() - start));
    }

    @Override
    public void writeTo(OutputStream out, long from, long count) throws IOException {
        long start = Math.clamp(from, 0, size());
        long end = start + Math.clamp(count, 0, size() - start);
        for (int i = 0; i < pieces.length; i++) {
            long first = Math.max(start, starts[i]);
            long last = Math.min(end, starts[i + 1]);
            if (first < last) {
                pieces[i].writeTo(out, first - starts[i], last - first);
            }
        }
    }

    /// Opens one piece after the other.
    private final class Joined extends InputStream {
        private final long end;
        private long at;
        private int next;
        private InputStream piece = InputStream.nullInputStream();

        Joined(long from, long end) {
            this.at = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (at < end) {
                int read = piece.read(target, offset, (int) Math.min(length, end - at));
                if (read > 0) {
                    at += read;
                    return read;
                }
                open();
            }
            return -1;
        }

        private void open() throws IOException {
            piece.close();
            while (next < pieces.length && starts[next + 1] <= at) {
                next++;
            }
            if (next == pieces.length || starts[next] > at) {
                throw new IOException("a piece of a message is shorter than it was");
            }
            long from = at - starts[next];
            long count = Math.min(end, starts[next + 1]) - at;
            piece = pieces[next].open(from, count);
            next++;
        }

        @Override
        public void close() throws IOException {
            piece.close();
        }
    }
}
