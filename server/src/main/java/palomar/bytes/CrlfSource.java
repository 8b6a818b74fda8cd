package palomar.bytes;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Content whose lines end in LF, or in LF and in CRLF, with all of them ending in CRLF. Immutable, as the content
/// is.
///
/// The content is read once to learn its size; a stretch of it is found by marks, one for each 256 KiB.
public final class CrlfSource implements ByteSource {
    private static final int BETWEEN_MARKS = 256 << 10;

    private final ByteSource content;
    private final long size;
    /// Size of what the content becomes up to each mark.
    private final long[] marks;

    private CrlfSource(ByteSource content, long size, long[] marks) {
        this.content = content;
        this.size = size;
        this.marks = marks;
    }

    /// The content itself, if it has no line that ends in LF alone.
    public static ByteSource of(ByteSource content) throws IOException {
        byte[] piece = new byte[32 << 10];
        long[] marks = new long[(int) (Math.max(0, content.size() - 1) / BETWEEN_MARKS) + 1];
        long at = 0;
        long added = 0;
        byte last = 0;
        try (InputStream in = content.open()) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                for (int i = 0; i < read; i++) {
                    if (at % BETWEEN_MARKS == 0) {
                        marks[(int) (at / BETWEEN_MARKS)] = at + added;
                    }
                    added += piece[i] == '\n' && last != '\r' ? 1 : 0;
                    last = piece[i];
                    at++;
                }
            }
        }
        return added == 0 ? content : new CrlfSource(content, at + added, marks);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open(long from, long count) throws IOException {
        long start = Math.clamp(from, 0, size);
        long taken = Math.clamp(count, 0, size - start);
        int found = Arrays.binarySearch(marks, start);
        int mark = Math.max(0, found >= 0 ? found : -found - 2);
        long place = (long) mark * BETWEEN_MARKS;
        boolean afterCr = place > 0 && lastBefore(place) == '\r';
        long left = content.size() - place;
        InputStream in = new BufferedInputStream(content.open(place, left));
        Lines lines = new Lines(in, afterCr, start - marks[mark] + taken);
        lines.skipNBytes(start - marks[mark]);
        return lines;
    }

    private int lastBefore(long place) throws IOException {
        try (InputStream in = content.open(place - 1, 1)) {
            return in.read();
        }
    }

    /// Puts CR before each LF that has none.
    private static final class Lines extends InputStream {
        private final InputStream in;
        private boolean afterCr;
        private boolean owed;
        private long left;

        Lines(InputStream in, boolean afterCr, long left) {
            this.in = in;
            this.afterCr = afterCr;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            if (left == 0) {
                return -1;
            }
            left--;
            if (owed) {
                owed = false;
                return '\n';
            }
            int b = in.read();
            if (b == '\n' && !afterCr) {
                owed = true;
                return '\r';
            }
            afterCr = b == '\r';
            return b;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = 0;
            while (read < length) {
                int b = read();
                if (b < 0) {
                    return read == 0 ? -1 : read;
                }
                target[offset + read++] = (byte) b;
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
