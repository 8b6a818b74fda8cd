package palomar.message;

import org.jspecify.annotations.Nullable;
import palomar.bytes.LineEnds;

/// Reads one message while its bytes arrive and makes its digest; keeps no more of it than one header and the
/// first bytes of its text. One thread, one message; the result depends on the bytes only, not on how they
/// were cut.
///
/// Nothing is refused. A line ends with LF, whatever stands before it; a part ends at any delimiter of a multipart
/// around it, or with the message; a header ends at its empty line, a delimiter (its
/// own multipart's as well) or the end. Behind the limits (depth,
/// number of parts) nothing is taken apart any more: the rest is content.
public final class MessageParser {
    /// Entities inside each other; what lies deeper is content.
    public static final int MAX_DEPTH = 100;
    /// Entities of one message, itself among them: 10,000 parts of one multipart. What follows belongs to the
    /// last.
    public static final int MAX_PARTS = 10_001;
    /// Bytes of one header that are interpreted; of the rest only the fields of ENVELOPE and BODYSTRUCTURE are.
    public static final int MAX_HEADER = HeaderBlock.MOST;

    /// Lines in one header for which it is read once more in search of its boundary.
    private static final int MOST_GUESSES = 3;

    private final HeaderBlock header = new HeaderBlock();
    private final Boundaries boundaries = new Boundaries();
    private final EntityReader reader = new EntityReader();
    private final PreviewCapture preview = new PreviewCapture();
    private final PartNode root = new PartNode(null, 0, true);

    private PartNode current = root;
    private boolean inHeader = true;
    private int parts = 1;
    /// How many lines of the current header may still be taken for its own first delimiter.
    private int guesses = MOST_GUESSES;

    /// Bytes taken, those in [#held] not included.
    private long offset;
    private long lines;
    /// Length of the line end before the current line: it belongs to the delimiter, should the line be one.
    private int lastLineEnd;

    private boolean midLine;
    private byte lastByte;

    /// The start of a line that may be a delimiter or the empty line.
    private final byte[] held = new byte[Boundaries.DECISIVE];

    private int heldSize;

    /// While the rest of a delimiter line passes: the multipart that gets a new part behind it, or null.
    private boolean inDelimiter;

    private @Nullable PartNode opening;

    /// More bytes of the message; the array may be reused after the call.
    public void feed(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        while (at < end) {
            if (!inHeader && boundaries.isEmpty() && heldSize == 0) {
                content(bytes, at, end);
                lines += LineEnds.count(bytes, at, end);
                return;
            }
            at = midLine ? restOfLine(bytes, at, end) : startOfLine(bytes, at, end);
        }
    }

    /// Ends the message: the digest in its stored form, to be read with [StoredDigest].
    public byte[] finish() {
        end();
        return new DigestWriter(root, reader.messageHeader(), preview.text(), offset).write();
    }

    /// Ends the message: its structure alone.
    public MimeEntity finishStructure() {
        end();
        return MimeEntity.of(root);
    }

    private void end() {
        if (heldSize > 0) {
            decide();
        }
        while (inHeader) {
            endHeader();
        }
        for (PartNode at = current; at != null; at = at.parent) {
            at.bodyEnd = offset;
            at.lines = lines - at.lines;
        }
        preview.end();
    }

    /// Bytes compared with boundaries so far; for tests.
    long compared() {
        return boundaries.compared();
    }

    private int startOfLine(byte[] bytes, int from, int end) {
        if (heldSize == 0 && !mayMatter(bytes[from])) {
            midLine = true;
            lastByte = 0;
            return from;
        }
        int at = from;
        while (at < end) {
            held[heldSize++] = bytes[at++];
            if (heldIsEmptyLine()) {
                emptyLine();
                return at;
            }
            if (!heldIsUndecided()) {
                decide();
                return at;
            }
        }
        return at;
    }

    private void decide() {
        boolean dashes = heldSize > 2 && held[0] == '-' && held[1] == '-';
        int match = dashes ? matchHeld() : Boundaries.NONE;
        if (match == Boundaries.NONE) {
            release();
        } else {
            delimiter(match);
        }
    }

    private boolean mayMatter(byte first) {
        boolean dash = first == '-' && (inHeader || !boundaries.isEmpty());
        return dash || inHeader && (first == '\r' || first == '\n');
    }

    private boolean heldIsEmptyLine() {
        return inHeader && (heldSize == 1 && held[0] == '\n' || heldSize == 2 && held[0] == '\r' && held[1] == '\n');
    }

    private boolean heldIsUndecided() {
        if (heldSize == 1) {
            return held[0] == '-' || held[0] == '\r';
        }
        if (held[0] != '-' || held[1] != '-') {
            return false;
        }
        return held[heldSize - 1] != '\n' && heldSize < Boundaries.DECISIVE;
    }

    private int matchHeld() {
        if (parts >= MAX_PARTS) {
            return Boundaries.NONE;
        }
        int match = boundaries.match(held, heldSize);
        if (match != Boundaries.NONE || !inHeader || guesses == 0) {
            return match;
        }
        guesses--;
        boolean own = Boundaries.isDelimiter(reader.boundary(header), held, heldSize);
        if (own) {
            endHeader();
        }
        return own ? boundaries.match(held, heldSize) : match;
    }

    /// What was held is an ordinary line, or the start of one.
    private void release() {
        int size = heldSize;
        heldSize = 0;
        midLine = true;
        lastByte = 0;
        restOfLine(held, 0, size);
    }

    private void emptyLine() {
        offset += heldSize;
        lastLineEnd = heldSize;
        heldSize = 0;
        lines++;
        endHeader();
    }

    private void delimiter(int index) {
        int size = heldSize;
        heldSize = 0;
        PartNode multipart = boundaries.owner(index);
        boolean closing = boundaries.isClosing(index, held, size);
        while (inHeader) {
            endHeader();
        }
        closeBelow(multipart);
        boundaries.truncate(closing ? index : index + 1);
        opening = closing ? null : multipart;
        inDelimiter = true;
        midLine = true;
        lastByte = 0;
        restOfLine(held, 0, size);
    }

    /// Ends the entities inside `multipart` before the current line and its line end.
    private void closeBelow(PartNode multipart) {
        long end = 0;
        for (PartNode at = current; at != multipart && at != null; at = at.parent) {
            end = Math.max(end, Math.max(at.bodyOffset, offset - lastLineEnd));
            at.bodyEnd = end;
            at.lines = lines - at.lines - (end < offset ? 1 : 0);
        }
        current = multipart;
        preview.end();
    }

    private int restOfLine(byte[] bytes, int from, int end) {
        int at = LineEnds.next(bytes, from, end);
        if (at == end) {
            content(bytes, from, end);
            lastByte = bytes[end - 1];
            return end;
        }
        byte before = at > from ? bytes[at - 1] : lastByte;
        content(bytes, from, at + 1);
        lastLineEnd = before == '\r' ? 2 : 1;
        lines++;
        midLine = false;
        if (inDelimiter) {
            endDelimiter();
        }
        return at + 1;
    }

    private void content(byte[] bytes, int from, int to) {
        offset += to - from;
        if (inDelimiter) {
            return;
        }
        if (inHeader) {
            header.append(bytes, from, to);
        } else {
            preview.append(bytes, from, to);
        }
    }

    private void endDelimiter() {
        inDelimiter = false;
        if (opening != null) {
            openChild(opening, false);
            opening = null;
        }
    }

    private void openChild(PartNode parent, boolean message) {
        current = new PartNode(parent, offset, message);
        parent.addChild(current);
        parts++;
        header.reset();
        inHeader = true;
        guesses = MOST_GUESSES;
    }

    /// The header of the current entity is complete and ends at `offset`.
    private void endHeader() {
        PartNode entity = current;
        inHeader = false;
        entity.bodyOffset = offset;
        entity.lines = lines;
        boolean open = entity.depth < MAX_DEPTH && parts < MAX_PARTS;
        String boundary = reader.read(header, entity, open);
        switch (entity.kind) {
            case MULTIPART -> {
                if (!boundary.isEmpty()) {
                    boundaries.push(boundary, entity);
                }
            }
            case MESSAGE -> openChild(entity, true);
            case LEAF -> {
                if (entity.isText()) {
                    preview.begin(entity, reader.isAttachment());
                }
            }
        }
    }
}
