package palomar.message.edit;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.message.MessageParser;
import palomar.message.MimeEntity;
import palomar.message.Slice;

/// An entity as it came: where its bytes are, and what is found in them when it is asked for. Shared by all
/// versions of a part. One thread.
final class Stretch {
    private static final int FIRST = 4 << 10;
    /// Bytes of a header in which fields are looked for; the rest is passed on.
    private static final int MOST = MessageParser.MAX_HEADER;

    private final ByteSource base;
    /// For a message of its own, all of `base`: its header is read before its structure is known.
    private final boolean whole;

    private @Nullable MimeEntity entity;
    private @Nullable Header header;
    private long headerSize;
    private long readSize;
    private @Nullable List<Part> children;

    private Stretch(ByteSource base, boolean whole, @Nullable MimeEntity entity) {
        this.base = base;
        this.whole = whole;
        this.entity = entity;
    }

    /// A message, or an entity that stands alone.
    static Stretch of(ByteSource message) {
        return new Stretch(message, true, null);
    }

    ByteSource bytes() throws IOException {
        return whole ? base : slice(0, entity().size());
    }

    MimeEntity entity() throws IOException {
        MimeEntity known = entity;
        if (known == null) {
            known = MimeEntity.read(base);
            entity = known;
        }
        return known;
    }

    Header header() throws IOException {
        Header known = header;
        if (known == null) {
            known = readHeader();
            header = known;
        }
        return known;
    }

    long headerSize() throws IOException {
        header();
        return headerSize;
    }

    /// The end of a header that was too large to be read whole; else empty.
    ByteSource restOfHeader() throws IOException {
        return slice(readSize, headerSize() - readSize);
    }

    /// Does an empty line end the header?
    boolean hasBody() throws IOException {
        return header().isClosed() || restOfHeader().size() > 0;
    }

    /// What stands behind the header.
    ByteSource body() throws IOException {
        long from = headerSize();
        return slice(from, (whole ? base.size() : entity().size()) - from);
    }

    List<Part> children() throws IOException {
        List<Part> known = children;
        if (known == null) {
            known = new ArrayList<>();
            for (MimeEntity child : entity().children()) {
                known.add(Part.of(new Stretch(base, false, child)));
            }
            children = known;
        }
        return known;
    }

    /// A stretch of the entity, from its start.
    ByteSource slice(long from, long size) throws IOException {
        long start = whole ? from : entity().offset() + from;
        return new Slice(base, start, size);
    }

    /// A header ends at its empty line, or at what the parser took for a delimiter: only then it has to be asked.
    private Header readHeader() throws IOException {
        byte[] bytes = whole ? readToEmptyLine() : read(Math.min(entity().headerSize(), MOST));
        Header found = Header.read(bytes, bytes.length);
        boolean odd = bytes.length == MOST || found.fields().stream().anyMatch(Field::startsWithDashes);
        if (whole && odd) {
            bytes = read(Math.min(entity().headerSize(), MOST));
            found = Header.read(bytes, bytes.length);
        }
        headerSize = odd ? entity().headerSize() : bytes.length;
        readSize = headerSize;
        if (headerSize > bytes.length) {
            found = found.withoutLast();
            readSize = found.fields().stream().mapToInt(Field::size).sum();
        }
        return found;
    }

    private byte[] read(long size) throws IOException {
        try (InputStream in = slice(0, size).open()) {
            return in.readAllBytes();
        }
    }

    private byte[] readToEmptyLine() throws IOException {
        int most = (int) Math.min(base.size(), MOST);
        byte[] bytes = new byte[Math.min(most, FIRST)];
        try (InputStream in = base.open(0, most)) {
            int size = 0;
            int end = -1;
            while (end < 0) {
                if (size == bytes.length) {
                    bytes = Arrays.copyOf(bytes, (int) Math.min(most, bytes.length * 2L));
                }
                int read = in.readNBytes(bytes, size, bytes.length - size);
                end = emptyLineEnd(bytes, Math.max(0, size - 2), size + read);
                size += read;
                end = end < 0 && (size == most || read == 0) ? size : end;
            }
            return Arrays.copyOf(bytes, end);
        }
    }

    /// Behind the first empty line, which may begin at or behind `from` when a line ends before it; -1 without
    /// one.
    private static int emptyLineEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            boolean begins = i == 0 || bytes[i - 1] == '\n';
            if (begins && bytes[i] == '\n') {
                return i + 1;
            }
            if (begins && bytes[i] == '\r' && i + 1 < to && bytes[i + 1] == '\n') {
                return i + 2;
            }
        }
        return -1;
    }
}
