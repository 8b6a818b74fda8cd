package palomar.message;

import java.nio.charset.StandardCharsets;
import palomar.bytes.LineEnds;

/// Header values as Strings of one char a byte, and the small steps on them.
public final class RawText {
    private RawText() {}

    /// Takes line ends away (RFC 5322 2.2.3) and the blanks at both ends. A bare CR stays.
    public static String unfold(byte[] bytes, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isSpace(bytes[start])) {
            start++;
        }
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        if (LineEnds.next(bytes, start, end) < end) {
            return withoutLineEnds(bytes, start, end);
        }
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /// Takes line ends away; blanks stay.
    static String withoutLineEnds(byte[] bytes, int from, int to) {
        byte[] kept = new byte[to - from];
        int size = 0;
        for (int at = from; at < to; at++) {
            boolean lineEnd = bytes[at] == '\n' || bytes[at] == '\r' && at + 1 < to && bytes[at + 1] == '\n';
            if (!lineEnd) {
                kept[size++] = bytes[at];
            }
        }
        return new String(kept, 0, size, StandardCharsets.ISO_8859_1);
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    public static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    public static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /// Lower case for ASCII letters only, whatever else is in the text.
    public static String lowerAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
                return lowerFrom(text, i);
            }
        }
        return text;
    }

    private static String lowerFrom(String text, int first) {
        char[] chars = text.toCharArray();
        for (int i = first; i < chars.length; i++) {
            if (chars[i] >= 'A' && chars[i] <= 'Z') {
                chars[i] += 32;
            }
        }
        return new String(chars);
    }

    public static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
