package palomar.imap.proto;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import palomar.message.Charsets;

/// Bytes to text, strictly: what is not valid in its charset is refused, never replaced.
final class Decoding {
    private static final int LONGEST_NAME = 60;

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

    /// A charset by the name that a client gives: any that this JVM has, by its own names or those that mail uses.
    /// Empty for others; a name that no charset has is not looked for.
    static Optional<Charset> charset(String name) {
        if (name.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Charsets.find(name);
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
