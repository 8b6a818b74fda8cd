package palomar.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.bytes.MemoryOutput;

/// Fuzzy SEARCH of HEADER, BODY and TEXT: how well a message has the words of a query, 1 to 100, or 0. RFC 6203 4
///
/// What stands in the subject counts in full, in the addresses for 90 of 100, in the text for 80, in other fields
/// for 60. The same parts are read as by [TextSearch], but at most [#MOST] bytes of a message, so that no message
/// costs more than some milliseconds. It keeps its buffers from message to message. One thread.
public final class FuzzySearch {
    /// Bytes of a message that are looked at.
    static final int MOST = 1 << 20;

    private static final int MOST_HEADER = 64 << 10;
    private static final int PIECE = 16 << 10;
    private static final int ADDRESSES = 90;
    private static final int TEXT = 80;
    private static final int OTHER = 60;

    private final FuzzyMatcher matcher;
    private final byte[] piece = new byte[PIECE];
    private final byte[] decoded = new byte[PIECE + TransferDecoder.SLACK];
    private final MemoryOutput lines = new MemoryOutput();

    public FuzzySearch(FuzzyQuery query) {
        this.matcher = new FuzzyMatcher(query);
    }

    /// One field, wherever it stands in the header; it counts in full.
    public int header(ByteSource message, Digest digest, HeaderNames field) throws IOException {
        matcher.begin();
        lines.reset();
        if (digest.writeHeaderFields(field, lines)) {
            fields(lines.array(), lines.size(), field);
        } else {
            try (InputStream in = message.open(0, Math.min(digest.headerSize(), MOST_HEADER))) {
                byte[] header = in.readAllBytes();
                fields(header, header.length, field);
            }
        }
        return matcher.score();
    }

    private void fields(byte[] header, int size, HeaderNames wanted) {
        HeaderCursor cursor = new HeaderCursor(header, 0, size);
        while (cursor.next()) {
            if (wanted.wants(header, cursor.start(), cursor.nameEnd())) {
                value(cursor, 100);
            }
        }
    }

    private void value(HeaderCursor cursor, int weight) {
        matcher.text(weight);
        byte[] text = matcher.fold(HeaderText.searched(cursor.value()));
        matcher.feed(text, 0, text.length);
    }

    public int body(ByteSource message, Digest digest) throws IOException {
        matcher.begin();
        return read(message, digest, false);
    }

    public int text(ByteSource message, Digest digest) throws IOException {
        matcher.begin();
        return read(message, digest, true);
    }

    private int read(ByteSource message, Digest digest, boolean withHeader) throws IOException {
        long from = withHeader ? 0 : Math.min(digest.headerSize(), message.size());
        long end = Math.min(message.size(), from + MOST);
        if (from >= end) {
            return matcher.score();
        }
        try (InputStream in = message.open(from, end - from)) {
            Walk walk = new Walk(in, from, end);
            if (withHeader) {
                walk.header(0, digest.headerSize());
            }
            walk.parts(digest, withHeader);
        }
        return matcher.score();
    }

    /// One reading of a message, from front to back.
    private final class Walk {
        private final InputStream in;
        private final long end;
        private long position;

        Walk(InputStream in, long from, long end) {
            this.in = in;
            this.position = from;
            this.end = end;
        }

        void parts(Digest digest, boolean mimeHeaders) throws IOException {
            List<Digest.Part> parts = digest.parts();
            if (parts.isEmpty()) {
                text("", "", digest.headerSize(), Long.MAX_VALUE - digest.headerSize());
            }
            for (Digest.Part part : parts) {
                if (mimeHeaders) {
                    header(part.mimeOffset(), part.mimeSize());
                }
                boolean message = part.innerHeaderOffset() >= 0;
                if (message) {
                    header(part.innerHeaderOffset(), part.innerHeaderSize());
                } else if (part.type().equals("text") || part.type().equals("message")) {
                    text(part.charset(), part.encoding(), part.bodyOffset(), part.bodySize());
                }
            }
        }

        private boolean skipTo(long offset) throws IOException {
            if (offset < position || offset >= end) {
                return false;
            }
            in.skipNBytes(offset - position);
            position = offset;
            return true;
        }

        void header(long from, long size) throws IOException {
            if (!skipTo(from)) {
                return;
            }
            byte[] header = in.readNBytes((int) Math.min(size, MOST_HEADER));
            position += header.length;
            HeaderCursor cursor = new HeaderCursor(header, 0, header.length);
            while (cursor.next()) {
                value(cursor, weight(HeaderField.of(header, cursor.start(), cursor.nameEnd())));
            }
        }

        private int weight(@Nullable HeaderField field) {
            return switch (field) {
                case SUBJECT -> 100;
                case FROM, TO, CC, BCC, SENDER, REPLY_TO -> ADDRESSES;
                case null, default -> OTHER;
            };
        }

        private void text(String charset, String encoding, long from, long size) throws IOException {
            if (!skipTo(from)) {
                return;
            }
            matcher.text(TEXT);
            TextDecoder text = new TextDecoder(matcher, charset);
            TransferDecoder transfer = TransferDecoder.of(encoding);
            long left = Math.min(size, end - from);
            while (left > 0) {
                int taken = in.read(piece, 0, (int) Math.min(left, piece.length));
                if (taken < 0) {
                    break;
                }
                left -= taken;
                position += taken;
                boolean enough = transfer.isIdentity()
                        ? text.feed(piece, 0, taken)
                        : text.feed(decoded, 0, transfer.decode(piece, 0, taken, decoded));
                if (enough) {
                    return;
                }
            }
            text.feed(decoded, 0, transfer.finish(decoded));
            text.finish();
        }
    }
}
