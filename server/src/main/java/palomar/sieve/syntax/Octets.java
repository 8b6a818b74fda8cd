package palomar.sieve.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Texts of scripts are octets that are mostly, but not always, UTF-8. An octet that isn't becomes the lone
/// surrogate U+DC80 to U+DCFF, which no UTF-8 has, so that nothing is lost. RFC 5228 2.4.2
public final class Octets {
    private static final char ODD = 0xdc00;

    private Octets() {}

    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    public static String decode(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int at = from;
        while (at < to) {
            int size = characterSize(bytes, at, to);
            if (size == 0) {
                text.append((char) (ODD | bytes[at++] & 0xff));
            } else if (size == 1) {
                text.append((char) bytes[at++]);
            } else {
                text.append(new String(bytes, at, size, StandardCharsets.UTF_8));
                at += size;
            }
        }
        return text.toString();
    }

    public static byte[] encode(String text) {
        if (!isOdd(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[text.length() * 3];
        int size = 0;
        for (int i = 0; i < text.length(); ) {
            if (isOdd(text, i)) {
                bytes[size++] = (byte) text.charAt(i++);
                continue;
            }
            int end = text.offsetByCodePoints(i, 1);
            byte[] character = text.substring(i, end).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(character, 0, bytes, size, character.length);
            size += character.length;
            i = end;
        }
        return Arrays.copyOf(bytes, size);
    }

    /// One char for each octet.
    public static String wide(String text) {
        return isAscii(text) ? text : new String(encode(text), StandardCharsets.ISO_8859_1);
    }

    /// What [#wide] was made of.
    public static String narrow(String octets) {
        return isAscii(octets) ? octets : decode(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /// Has it an octet that is no UTF-8?
    public static boolean isOdd(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isOdd(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOdd(String text, int i) {
        char c = text.charAt(i);
        return c >= ODD + 0x80 && c <= ODD + 0xff && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    /// Octets of the character that begins here; 0 when there is no valid one. RFC 3629 4
    static int characterSize(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int size = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (size == 0 || at + size > to) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}
