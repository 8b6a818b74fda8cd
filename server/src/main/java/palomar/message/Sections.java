package palomar.message;

import java.io.IOException;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MessageGuid;

/// The sections of one message that BODY[...] and BINARY[...] name, as stretches of it, byte for byte. RFC
/// 9051 6.4.5, RFC 3516 4.2
///
/// A path is that of the part, `2.1` is {2, 1}; without numbers it means the message itself. An empty result
/// means that there is no such part, or that it can't have such a section. Partial fetches are ranges of the
/// result. What a section needs to read, it reads when it is asked for; results may be kept as long as the
/// message.
public final class Sections {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final MessageGuid NAMELESS = new MessageGuid(0, 0);

    private final ByteSource message;
    private final Digest digest;
    private final MessageGuid guid;
    private final LastPart last;

    public Sections(ByteSource message, Digest digest) {
        this(message, digest, NAMELESS, new LastPart());
    }

    /// @param guid names the content of the message
    /// @param last of the session that reads it
    public Sections(ByteSource message, Digest digest, MessageGuid guid, LastPart last) {
        this.message = message;
        this.digest = digest;
        this.guid = guid;
        this.last = last;
    }

    /// BODY[] and BODY[n]
    public Optional<ByteSource> body(int... path) {
        if (path.length == 0) {
            return Optional.of(message);
        }
        return digest.part(path).map(part -> slice(part.bodyOffset(), part.bodySize()));
    }

    /// BODY[HEADER], and BODY[n.HEADER] of a message/rfc822 part
    public Optional<ByteSource> header(int... path) {
        if (path.length == 0) {
            return Optional.of(slice(0, digest.headerSize()));
        }
        return inner(path).map(part -> slice(part.innerHeaderOffset(), part.innerHeaderSize()));
    }

    /// BODY[TEXT], and BODY[n.TEXT] of a message/rfc822 part
    public Optional<ByteSource> text(int... path) {
        if (path.length == 0) {
            long from = digest.headerSize();
            return Optional.of(slice(from, message.size() - from));
        }
        return inner(path).map(part -> {
            long from = part.innerHeaderOffset() + part.innerHeaderSize();
            return slice(from, part.bodyOffset() + part.bodySize() - from);
        });
    }

    /// BODY[n.MIME]
    public Optional<ByteSource> mime(int... path) {
        return digest.part(path).map(part -> slice(part.mimeOffset(), part.mimeSize()));
    }

    /// BODY[HEADER.FIELDS (...)] and .NOT, and BODY[n.HEADER.FIELDS (...)] of a message/rfc822 part; with the
    /// empty line. Headers of any size, of which at most 64 KiB are in memory.
    public Optional<ByteSource> headerFields(HeaderNames wanted, int... path) throws IOException {
        Optional<ByteSource> header = header(path);
        if (header.isEmpty()) {
            return header;
        }
        return Optional.of(filtered(header.get(), wanted));
    }

    static ByteSource filtered(ByteSource header, HeaderNames wanted) throws IOException {
        if (header.size() > HeaderStream.WINDOW) {
            return FilteredHeader.of(header, wanted);
        }
        byte[] bytes = header.bytes();
        ByteBuilder kept = new ByteBuilder(512);
        HeaderCursor cursor = new HeaderCursor(bytes, 0, bytes.length);
        while (cursor.next()) {
            if (wanted.wants(bytes, cursor.start(), cursor.nameEnd())) {
                kept.add(bytes, cursor.start(), cursor.end());
            }
        }
        if (kept.size() > 0 && kept.array()[kept.size() - 1] != '\n') {
            kept.add(CRLF);
        }
        return ByteSource.of(kept.add(CRLF).toByteArray());
    }

    /// BINARY[n], and by its size BINARY.SIZE[n]: the part without its transfer encoding. RFC 3516 4.2
    ///
    /// Throws MailException UNKNOWN_CTE when the encoding is not known.
    public Optional<ByteSource> binary(int... path) throws IOException {
        if (path.length == 0) {
            return Optional.of(message);
        }
        Optional<Digest.Part> found = digest.part(path);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Digest.Part part = found.get();
        ByteSource encoded = slice(part.bodyOffset(), part.bodySize());
        if (part.type().equals("multipart") || part.innerHeaderOffset() >= 0) {
            return Optional.of(encoded);
        }
        if (!TransferDecoder.isKnown(part.encoding())) {
            throw new MailException(MailError.UNKNOWN_CTE, "The part's transfer encoding is not known");
        }
        boolean plain = TransferDecoder.of(part.encoding()).isIdentity();
        return Optional.of(plain ? encoded : decoded(encoded, part.encoding(), path));
    }

    private ByteSource decoded(ByteSource encoded, String encoding, int[] path) throws IOException {
        DecodedLayout known = last.find(guid, path);
        if (known != null) {
            return new DecodedSource(encoded, encoding, known);
        }
        DecodedSource source = DecodedSource.of(encoded, encoding);
        last.keep(guid, path, source.layout());
        return source;
    }

    private Optional<Digest.Part> inner(int... path) {
        return digest.part(path).filter(part -> part.innerHeaderOffset() >= 0);
    }

    /// Clipped to the message, should it be shorter than the digest says.
    private ByteSource slice(long from, long size) {
        long start = Math.clamp(from, 0, message.size());
        return new Slice(message, start, Math.clamp(size, 0, message.size() - start));
    }
}
