package palomar.message;

import java.io.IOException;
import java.io.InputStream;
import palomar.bytes.ByteSource;

/// The wanted fields of a header that is too large to be held in memory, with an empty line behind them. The size
/// is found by one pass when the source is made; each reading passes over the header again. Immutable.
record FilteredHeader(ByteSource header, HeaderNames wanted, long size) implements ByteSource {

    static FilteredHeader of(ByteSource header, HeaderNames wanted) throws IOException {
        long size = 0;
        try (Fields in = new Fields(header, wanted, Long.MAX_VALUE)) {
            for (long skipped = in.skip(Long.MAX_VALUE); skipped > 0; skipped = in.skip(Long.MAX_VALUE)) {
                size += skipped;
            }
        }
        return new FilteredHeader(header, wanted, size);
    }

    @Override
    public InputStream open(long from, long count) throws IOException {
        long start = Math.clamp(from, 0, size);
        long taken = Math.clamp(count, 0, size - start);
        Fields in = new Fields(header, wanted, start + taken);
        in.skipNBytes(start);
        return in;
    }

    private static final class Fields extends InputStream {
        private static final byte[] EMPTY_LINE = {'\r', '\n', '\r', '\n'};

        private final InputStream in;
        private final HeaderStream header;
        private final HeaderNames wanted;
        private long left;
        private boolean inWanted;
        private boolean over;
        private byte[] piece = EMPTY_LINE;
        private int position;
        private int limit;
        private byte last = '\n';

        /// @param most bytes to give out, counted from the start
        Fields(ByteSource header, HeaderNames wanted, long most) throws IOException {
            this.in = header.open();
            this.header = new HeaderStream(in, header.size());
            this.wanted = wanted;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            if (!fill()) {
                return -1;
            }
            left--;
            return piece[position++] & 0xff;
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
            System.arraycopy(piece, position, target, offset, taken);
            position += taken;
            left -= taken;
            return taken;
        }

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
                if (inWanted && header.piece()) {
                    piece = header.array();
                    position = header.from();
                    limit = header.to();
                    last = piece[limit - 1];
                } else if (header.next()) {
                    HeaderCursor field = header.cursor();
                    inWanted = wanted.wants(header.array(), field.start(), field.nameEnd());
                } else {
                    piece = EMPTY_LINE;
                    position = last == '\n' ? 2 : 0;
                    limit = EMPTY_LINE.length;
                    over = true;
                }
            }
            return position < limit && left > 0;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
