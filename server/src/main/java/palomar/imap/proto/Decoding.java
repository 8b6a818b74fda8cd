package palomar.imap.proto;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;

/// Bytes to text, strictly: what is not valid in its charset is refused, never replaced.
final class Decoding {
    private Decoding() {}

    static Optional<String> utf8(byte[] bytes, int length) {
        if (isAscii(bytes, length)) {
            return Optional.of(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
        }
        return decode(bytes, length, StandardCharsets.UTF_8);
    }

    static Optional<String> decode(byte[] bytes, int length, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    /// A charset by the name that a client gives; empty when this JVM does not have it.
    static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    static boolean isAscii(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
