package palomar.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Walks the entities in a stored digest, in order of appearance. One thread.
///
/// ```
/// varint  number of entities, the message itself is the first; then of each:
/// varint  length of what follows
/// varint  number of entities below it, which follow at once
/// u8      kind (PartNode.Kind) | 4 when it is a message
/// type, charset, encoding: u8 number of a known word, or 0 and its text (varint length, bytes; a type has two)
/// varint  offset of its header, size of its header, size of its body, line ends in its body
/// ```
final class PartTable {
    static final int IS_MESSAGE = 4;

    private static final PartNode.Kind[] KINDS = PartNode.Kind.values();

    private final byte[] bytes;
    private final int head;
    private final int count;
    private int at;
    private int index = -1;
    private int descendants;
    private int flags;
    private String type = "";
    private String subtype = "";
    private String charset = "";
    private String encoding = "";
    private long mimeOffset;
    private long mimeSize;
    private long bodySize;
    private long lines;

    /// @param head bytes in front of the message that the digest does not know of
    PartTable(byte[] bytes, int from, int head) {
        this.bytes = bytes;
        this.at = from;
        this.head = head;
        this.count = (int) varint();
    }

    /// Moves to the next entity in order of appearance; false behind the last.
    boolean next() {
        if (++index >= count) {
            return false;
        }
        int length = (int) varint();
        int end = at + length;
        descendants = (int) varint();
        flags = bytes[at++];
        readType();
        charset = word(DigestFormat.CHARSETS);
        encoding = word(DigestFormat.ENCODINGS);
        mimeOffset = varint();
        mimeSize = varint();
        bodySize = varint();
        lines = varint();
        at = end;
        return true;
    }

    /// Moves over the entities below the current one.
    private void skipDescendants() {
        for (int left = descendants; left > 0; left--) {
            int length = (int) varint();
            at += length;
            index++;
        }
    }

    /// Moves to the n-th child (from 1) of the current entity.
    private boolean child(int n) {
        int end = index + descendants;
        if (n < 1 || descendants == 0) {
            return false;
        }
        next();
        for (int left = n - 1; left > 0; left--) {
            skipDescendants();
            if (index >= end || !next()) {
                return false;
            }
        }
        return true;
    }

    /// Moves to the part with this path, from before the first entity. RFC 9051 6.4.5 (section-part)
    boolean seek(int... path) {
        next();
        boolean atMessage = true;
        for (int n : path) {
            if (!atMessage && kind() == PartNode.Kind.MESSAGE) {
                next();
                atMessage = true;
            }
            boolean found = kind() == PartNode.Kind.MULTIPART ? child(n) : atMessage && n == 1;
            if (!found) {
                return false;
            }
            atMessage = false;
        }
        return true;
    }

    PartNode.Kind kind() {
        return KINDS[flags & 3];
    }

    boolean isMessage() {
        return (flags & IS_MESSAGE) != 0;
    }

    String type() {
        return type;
    }

    String subtype() {
        return subtype;
    }

    String charset() {
        return charset;
    }

    String encoding() {
        return encoding;
    }

    long mimeOffset() {
        return index == 0 ? 0 : mimeOffset + head;
    }

    long mimeSize() {
        return index == 0 ? mimeSize + head : mimeSize;
    }

    long bodyOffset() {
        return mimeOffset() + mimeSize();
    }

    long bodySize() {
        return bodySize;
    }

    long lines() {
        return lines;
    }

    /// The current entity under this path; afterwards the table stands on its inner message, if it has one.
    Digest.Part part(List<Integer> path) {
        String partType = type;
        String partSubtype = subtype;
        String partCharset = charset;
        String partEncoding = encoding;
        long header = mimeOffset();
        long headerSize = mimeSize();
        long size = bodySize;
        boolean inner = kind() == PartNode.Kind.MESSAGE && next();
        return new Digest.Part(
                path,
                partType,
                partSubtype,
                partCharset,
                partEncoding,
                header,
                headerSize,
                header + headerSize,
                size,
                inner ? mimeOffset() : -1,
                inner ? mimeSize() : 0);
    }

    /// All leaf and message parts, from before the first entity.
    List<Digest.Part> parts() {
        List<Digest.Part> found = new ArrayList<>();
        next();
        message(List.of(), found);
        return found;
    }

    /// The table stands on a message: its parts, then what follows it.
    private void message(List<Integer> path, List<Digest.Part> found) {
        if (kind() == PartNode.Kind.MULTIPART) {
            children(path, found);
        } else {
            leaf(append(path, 1), found);
        }
    }

    private void children(List<Integer> path, List<Digest.Part> found) {
        int end = index + descendants;
        for (int n = 1; index < end; n++) {
            next();
            if (kind() == PartNode.Kind.MULTIPART) {
                children(append(path, n), found);
            } else {
                leaf(append(path, n), found);
            }
        }
    }

    private void leaf(List<Integer> path, List<Digest.Part> found) {
        boolean inner = kind() == PartNode.Kind.MESSAGE;
        found.add(part(path));
        if (inner) {
            message(path, found);
        }
    }

    private static List<Integer> append(List<Integer> path, int n) {
        List<Integer> longer = new ArrayList<>(path.size() + 1);
        longer.addAll(path);
        longer.add(n);
        return List.copyOf(longer);
    }

    private void readType() {
        int known = bytes[at++];
        if (known == 0) {
            type = string();
            subtype = string();
            return;
        }
        String word = DigestFormat.TYPES.get(known - 1);
        int slash = word.indexOf('/');
        type = word.substring(0, slash);
        subtype = word.substring(slash + 1);
    }

    private String word(List<String> words) {
        int known = bytes[at++];
        return known == 0 ? string() : words.get(known - 1);
    }

    private String string() {
        int length = (int) varint();
        at += length;
        return new String(bytes, at - length, length, StandardCharsets.ISO_8859_1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }
}
