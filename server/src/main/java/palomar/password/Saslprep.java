package palomar.password;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/// The mappings of SASLprep, which make one text of what different keyboards send for it. RFC 4013 2.1, 2.2
public final class Saslprep {
    private Saslprep() {}

    /// Odd spaces become a space, what is "commonly mapped to nothing" vanishes, then NFKC. Refuses nothing.
    public static String mapped(String raw) {
        if (ascii(raw)) {
            return raw;
        }
        StringBuilder out = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> {
            if (c != ' ' && Character.getType(c) == Character.SPACE_SEPARATOR) {
                out.append(' ');
            } else if (!vanishes(c)) {
                out.appendCodePoint(c);
            }
        });
        return Normalizer.normalize(out, Normalizer.Form.NFKC);
    }

    /// A password as SCRAM's key derivation takes it; what is no UTF-8 stays as it is.
    static byte[] mapped(byte[] password) {
        for (byte b : password) {
            if (b < 0) {
                return mappedUtf8(password);
            }
        }
        return password;
    }

    private static byte[] mappedUtf8(byte[] password) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(password))
                    .toString();
            return mapped(text).getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return password;
        }
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /// RFC 3454 B.1
    private static boolean vanishes(int c) {
        return c == 0xAD
                || c == 0x34F
                || c == 0x1806
                || (c >= 0x180B && c <= 0x180D)
                || (c >= 0x200B && c <= 0x200D)
                || c == 0x2060
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0xFEFF;
    }
}
