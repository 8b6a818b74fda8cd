package palomar.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import palomar.bytes.MemoryOutput;

/// Parses messages for tests.
final class Parsed {
    private Parsed() {}

    static byte[] stored(byte[] message) {
        MessageParser parser = new MessageParser();
        parser.feed(message, 0, message.length);
        return parser.finish();
    }

    static byte[] stored(byte[] message, int piece) {
        MessageParser parser = new MessageParser();
        for (int at = 0; at < message.length; at += piece) {
            parser.feed(message, at, Math.min(piece, message.length - at));
        }
        return parser.finish();
    }

    static StoredDigest digest(byte[] message) {
        return StoredDigest.of(stored(message));
    }

    /// Text with LF line ends, read as CRLF and one byte a char.
    static StoredDigest digest(String message) {
        return digest(message.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    static String envelope(Digest digest) {
        return written(digest::writeEnvelope);
    }

    static String bodyStructure(Digest digest) {
        return written(out -> digest.writeBodyStructure(out, true));
    }

    static String body(Digest digest) {
        return written(out -> digest.writeBodyStructure(out, false));
    }

    /// The digest's own answer, or null when it does not know.
    static String headerFields(Digest digest, String... names) {
        boolean[] known = new boolean[1];
        String text = written(out -> known[0] = digest.writeHeaderFields(new HeaderNames(List.of(names), false), out));
        return known[0] ? text : null;
    }

    interface Writing {
        void to(MemoryOutput out) throws IOException;
    }

    static String written(Writing writing) {
        MemoryOutput out = new MemoryOutput();
        try {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String(out.toByteArray(), StandardCharsets.ISO_8859_1);
    }
}
