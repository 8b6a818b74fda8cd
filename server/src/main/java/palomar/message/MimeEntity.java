package palomar.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import palomar.bytes.ByteSource;

/// The structure of a message: one entity (the message itself, a body part, or the message inside a message/rfc822
/// part) and those inside it. Offsets and sizes in bytes from the start of the message. Immutable.
///
/// Between the children of a multipart lie its delimiters, before the first the prologue, behind the last the
/// closing delimiter and the epilogue. A message/rfc822 part has one child, which fills its body.
///
/// @param type lower case; what is nested too deep to be opened is `application/octet-stream`
/// @param charset as named, empty when none is
/// @param encoding content transfer encoding in lower case, `7bit` when none is named
/// @param headerSize the empty line included
/// @param bodySize without the line end that belongs to the next delimiter
public record MimeEntity(
        String type,
        String subtype,
        String charset,
        String encoding,
        long offset,
        long headerSize,
        long bodySize,
        List<MimeEntity> children) {
    private static final int PIECE = 32 << 10;

    /// Reads a message from front to back.
    public static MimeEntity read(ByteSource message) throws IOException {
        MessageParser parser = new MessageParser();
        byte[] piece = new byte[Math.clamp(message.size(), 64, PIECE)];
        try (InputStream in = message.open()) {
            for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
                parser.feed(piece, 0, size);
            }
        }
        return parser.finishStructure();
    }

    static MimeEntity of(PartNode node) {
        List<MimeEntity> children = new ArrayList<>();
        for (PartNode child = node.firstChild; child != null; child = child.next) {
            children.add(of(child));
        }
        return new MimeEntity(
                node.type,
                node.subtype,
                node.charset,
                node.encoding,
                node.mimeOffset,
                node.bodyOffset - node.mimeOffset,
                node.bodyEnd - node.bodyOffset,
                List.copyOf(children));
    }

    public boolean isMultipart() {
        return type.equals("multipart");
    }

    /// Is it a part that holds a whole message?
    public boolean isMessage() {
        return type.equals("message") && (subtype.equals("rfc822") || subtype.equals("global"));
    }

    public long bodyOffset() {
        return offset + headerSize;
    }

    public long end() {
        return offset + headerSize + bodySize;
    }

    public long size() {
        return headerSize + bodySize;
    }
}
