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

    private static final class Fields extends PieceStream {
        private static final byte[] EMPTY_LINE = {'\r', '\n', '\r', '\n'};

        private final InputStream in;
        private final HeaderStream header;
        private final HeaderNames wanted;
        private boolean inWanted;
        private byte last = '\n';

        /// @param most bytes to give out, counted from the start
        Fields(ByteSource header, HeaderNames wanted, long most) throws IOException {
            super(most);
            this.in = header.open();
            this.header = new HeaderStream(in, header.size());
            this.wanted = wanted;
        }

        @Override
        protected boolean next() throws IOException {
            if (inWanted && header.piece()) {
                last = header.array()[header.to() - 1];
                show(header.array(), header.from(), header.to());
                return true;
            }
            if (header.next()) {
                HeaderCursor field = header.cursor();
                inWanted = wanted.wants(header.array(), field.start(), field.nameEnd());
                return true;
            }
            show(EMPTY_LINE, last == '\n' ? 2 : 0, EMPTY_LINE.length);
            return false;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
