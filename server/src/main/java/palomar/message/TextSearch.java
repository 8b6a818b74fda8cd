package palomar.message;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import palomar.bytes.ByteSource;

/// SEARCH BODY, TEXT and HEADER in the message itself: exact substrings of the decoded text. RFC 9051 6.4.4
///
/// BODY looks into parts of type text and message, transfer encoding and charset undone, and into the headers
/// of messages inside the message; TEXT also into its own header and the MIME headers. Encoded words are
/// decoded, folded lines are unfolded, and a blank in a header matches a tab. A match never reaches from one
/// part into another. The message is read once, from front to back, up to the match; 64 KiB of it are in
/// memory, or one header field, of which at most 1 MiB.
public final class TextSearch {
    private static final int PIECE = 32 << 10;

    private final Needle needle;
    private final FoldedMatcher matcher;
    private byte[] piece = new byte[64];
    private byte[] decoded = new byte[64 + TransferDecoder.SLACK];
    private InputStream in = InputStream.nullInputStream();
    /// Offset in the message of the next byte of `in`.
    private long position;

    /// For any number of messages, one after the other; it keeps its buffers. One thread.
    public TextSearch(Needle needle) {
        this.needle = needle;
        this.matcher = new FoldedMatcher(needle);
    }

    /// SEARCH BODY
    public boolean inBody(ByteSource message, Digest digest) throws IOException {
        return needle.isEmpty() || isIn(message, digest, digest.headerSize());
    }

    /// SEARCH TEXT
    public boolean inText(ByteSource message, Digest digest) throws IOException {
        return needle.isEmpty() || isIn(message, digest, 0);
    }

    /// SEARCH BODY in one message.
    public static boolean bodyContains(ByteSource message, Digest digest, Needle needle) throws IOException {
        return new TextSearch(needle).inBody(message, digest);
    }

    /// SEARCH TEXT in one message.
    public static boolean textContains(ByteSource message, Digest digest, Needle needle) throws IOException {
        return new TextSearch(needle).inText(message, digest);
    }

    /// SEARCH HEADER, for fields of which the digest does not know. An empty needle asks whether the field is
    /// there.
    public static boolean headerContains(ByteSource message, Digest digest, String field, Needle needle)
            throws IOException {
        HeaderNames names = new HeaderNames(List.of(field), false);
        long size = digest.headerSize();
        try (InputStream in = message.open(0, size)) {
            HeaderStream header = new HeaderStream(in, size);
            FieldSearch search = new FieldSearch(needle);
            while (header.next()) {
                HeaderCursor at = header.cursor();
                if (names.wants(header.array(), at.start(), at.nameEnd()) && search.isIn(header, false)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isIn(ByteSource message, Digest digest, long from) throws IOException {
        long size = message.size() - from;
        boolean withHeaders = from == 0;
        if (size <= 0) {
            return false;
        }
        makeRoom(size);
        try (InputStream stream = message.open(from, size)) {
            in = stream;
            position = from;
            return withHeaders && header(0, digest.headerSize()) || parts(digest, withHeaders);
        } finally {
            in = InputStream.nullInputStream();
        }
    }

    private void makeRoom(long size) {
        int room = Math.clamp(size, 64, PIECE);
        if (piece.length < room) {
            piece = new byte[room];
            decoded = new byte[room + TransferDecoder.SLACK];
        }
    }

    private boolean parts(Digest digest, boolean mimeHeaders) throws IOException {
        List<Digest.Part> parts = digest.parts();
        if (parts.isEmpty()) {
            return text(new TextDecoder(matcher, ""), TransferDecoder.of(""), digest.headerSize(), Long.MAX_VALUE);
        }
        for (Digest.Part part : parts) {
            if (mimeHeaders && header(part.mimeOffset(), part.mimeSize())) {
                return true;
            }
            boolean message = part.innerHeaderOffset() >= 0;
            if (message && header(part.innerHeaderOffset(), part.innerHeaderSize())) {
                return true;
            }
            boolean readable = part.type().equals("text") || part.type().equals("message");
            if (readable && !message && body(part)) {
                return true;
            }
        }
        return false;
    }

    private boolean body(Digest.Part part) throws IOException {
        TextDecoder text = new TextDecoder(matcher, part.charset());
        return text(text, TransferDecoder.of(part.encoding()), part.bodyOffset(), part.bodySize());
    }

    private boolean text(TextDecoder text, TransferDecoder transfer, long from, long size) throws IOException {
        skipTo(from);
        matcher.reset();
        long left = size;
        while (left > 0) {
            int taken = in.read(piece, 0, (int) Math.min(left, piece.length));
            if (taken < 0) {
                break;
            }
            left -= taken;
            position += taken;
            if (transfer.isIdentity() ? text.feed(piece, 0, taken) : feed(text, transfer, taken)) {
                return true;
            }
        }
        return text.feed(decoded, 0, transfer.finish(decoded)) || text.finish();
    }

    private boolean feed(TextDecoder text, TransferDecoder transfer, int size) {
        return text.feed(decoded, 0, transfer.decode(piece, 0, size, decoded));
    }

    /// Looks into a header, unless the search is behind it already.
    private boolean header(long from, long size) throws IOException {
        if (from < position) {
            return false;
        }
        skipTo(from);
        if (size > HeaderStream.WINDOW) {
            return largeHeader(size);
        }
        byte[] header = in.readNBytes((int) size);
        position += header.length;
        if (isPlain(header)) {
            int unfolded = unfold(header);
            return needle.isIn(header, 0, unfolded);
        }
        HeaderCursor cursor = new HeaderCursor(header, 0, header.length);
        while (cursor.next()) {
            byte[] text = needle.fold(HeaderText.searched(RawText.unfold(header, cursor.start(), cursor.end())));
            if (needle.isIn(text, 0, text.length) || inFileName(header, cursor)) {
                return true;
            }
        }
        return false;
    }

    private boolean largeHeader(long size) throws IOException {
        LimitedStream part = new LimitedStream(in, size);
        HeaderStream fields = new HeaderStream(part, size);
        FieldSearch search = new FieldSearch(needle);
        while (fields.next()) {
            if (search.isIn(fields, true)) {
                return true;
            }
            byte[] field = search.whole();
            HeaderCursor cursor = new HeaderCursor(field, 0, field.length);
            if (cursor.next() && inFileName(field, cursor)) {
                return true;
            }
        }
        position += size - part.left();
        return false;
    }

    /// File names may be written with percent signs and in pieces. RFC 2231
    private boolean inFileName(byte[] header, HeaderCursor cursor) {
        HeaderField field = HeaderField.of(header, cursor.start(), cursor.nameEnd());
        String parameter =
                field == HeaderField.CONTENT_DISPOSITION ? "filename" : field == HeaderField.CONTENT_TYPE ? "name" : "";
        String name =
                parameter.isEmpty() ? null : ContentField.parse(cursor.value()).text(parameter);
        byte[] text = name == null ? header : needle.fold(name);
        return name != null && needle.isIn(text, 0, text.length);
    }

    /// ASCII without encoded words and without parameters in pieces.
    private static boolean isPlain(byte[] header) {
        if (TextDecoder.firstOdd(header, 0, header.length) < header.length) {
            return false;
        }
        for (int i = 1; i < header.length; i++) {
            if (header[i] == '?' && header[i - 1] == '=' || header[i] == '=' && header[i - 1] == '*') {
                return false;
            }
        }
        return true;
    }

    /// Takes folds out, in place; returns the new length.
    private static int unfold(byte[] header) {
        int size = 0;
        for (int at = 0; at < header.length; at++) {
            byte b = header[at];
            boolean folds = b == '\n' && at + 1 < header.length && isBlank(header[at + 1]);
            if (folds && size > 0 && header[size - 1] == '\r') {
                size--;
            }
            if (!folds) {
                header[size++] = b == '\t' ? (byte) ' ' : b;
            }
        }
        return size;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private void skipTo(long offset) throws IOException {
        if (offset < position) {
            throw new EOFException("parts are not in order");
        }
        in.skipNBytes(offset - position);
        position = offset;
    }
}
