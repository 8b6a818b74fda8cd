package palomar.message.edit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Text as encoded words in UTF-8. RFC 2047
public final class EncodedWord {
    /// RFC 2047 2: 75 characters, of which `=?UTF-8?Q?` and `?=` take 12.
    private static final int MOST_LETTERS = 63;
    /// What 60 letters of base64 hold.
    private static final int MOST_BYTES = 45;

    private EncodedWord() {}

    /// One word or several, none of which cuts a character; to be put behind each other with one blank between
    /// them.
    public static List<String> of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean quoted = quotedSize(bytes, 0, bytes.length) <= (bytes.length + 2) / 3 * 8;
        List<String> words = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int to = from;
            int next = characterEnd(bytes, from);
            while (to < bytes.length && (to == from || fits(bytes, from, next, quoted))) {
                to = next;
                next = characterEnd(bytes, to);
            }
            words.add(quoted ? quoted(bytes, from, to) : base64(bytes, from, to));
            from = to;
        }
        return words;
    }

    private static boolean fits(byte[] bytes, int from, int to, boolean quoted) {
        return quoted ? quotedSize(bytes, from, to) <= MOST_LETTERS : to - from <= MOST_BYTES;
    }

    private static int characterEnd(byte[] bytes, int from) {
        int at = Math.min(bytes.length, from + 1);
        while (at < bytes.length && (bytes[at] & 0xc0) == 0x80) {
            at++;
        }
        return at;
    }

    private static int quotedSize(byte[] bytes, int from, int to) {
        int size = 0;
        for (int i = from; i < to; i++) {
            size += isPlain(bytes[i]) || bytes[i] == ' ' ? 1 : 3;
        }
        return size;
    }

    private static String quoted(byte[] bytes, int from, int to) {
        StringBuilder word = new StringBuilder("=?UTF-8?Q?");
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (isPlain(b)) {
                word.append((char) b);
            } else if (b == ' ') {
                word.append('_');
            } else {
                word.append('=').append(hex(b >> 4 & 15)).append(hex(b & 15));
            }
        }
        return word.append("?=").toString();
    }

    private static String base64(byte[] bytes, int from, int to) {
        byte[] part = java.util.Arrays.copyOfRange(bytes, from, to);
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(part) + "?=";
    }

    /// What may stand for itself in a phrase as well. RFC 2047 5
    private static boolean isPlain(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "!*+-/".indexOf(b) >= 0;
    }

    static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }
}
