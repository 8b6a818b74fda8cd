package palomar.smtp.proto;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// Bytes in printable ASCII: `+` and two capital hex digits for what is not. RFC 3461 4
public final class Xtext {
    private Xtext() {}

    /// The text as it stands in a command: what is not printable ASCII as its UTF-8 bytes in hex.
    public static String encode(String plain) {
        StringBuilder text = new StringBuilder(plain.length() + 8);
        for (byte b : plain.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '+' && b != '=') {
                text.append((char) b);
            } else {
                text.append('+').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return text.toString();
    }

    /// The decoded text; empty when it is no xtext, no UTF-8, or would bring in a control character.
    public static Optional<String> decode(String encoded) {
        byte[] plain = new byte[encoded.length()];
        int length = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '=') {
                return Optional.empty();
            }
            if (c != '+') {
                plain[length++] = (byte) c;
                continue;
            }
            if (i + 2 >= encoded.length() || !isHex(encoded.charAt(i + 1)) || !isHex(encoded.charAt(i + 2))) {
                return Optional.empty();
            }
            int b = HexFormat.fromHexDigits(encoded, i + 1, i + 3);
            if (b < ' ' || b == 0x7f) {
                return Optional.empty();
            }
            plain[length++] = (byte) b;
            i += 2;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain, 0, length))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'F';
    }
}
