package palomar.sieve;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import palomar.sieve.syntax.Octets;
import palomar.sieve.syntax.Position;

/// `${hex:...}` and `${unicode:...}` in strings. RFC 5228 2.4.2.4
final class EncodedCharacters {
    private static final String HEX = "${hex:";
    private static final String UNICODE = "${unicode:";

    private EncodedCharacters() {}

    /// With the sequences replaced by what they mean; what is none stays. A code that Unicode doesn't have is
    /// reported.
    static String decode(String text, Position at, Scope scope) {
        if (!text.contains("${")) {
            return text;
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(text.length());
        int from = 0;
        while (from < text.length()) {
            int open = text.indexOf("${", from);
            int next = open < 0 ? text.length() : open;
            add(decoded, text.substring(from, next));
            from = next;
            if (open >= 0) {
                int end = sequence(text, open, decoded, at, scope);
                if (end < 0) {
                    add(decoded, "$");
                }
                from = end < 0 ? open + 1 : end;
            }
        }
        return Octets.decode(decoded.toByteArray());
    }

    /// The end of the sequence that begins at `open`, with what it means added; -1 when there is none.
    private static int sequence(String text, int open, ByteArrayOutputStream into, Position at, Scope scope) {
        boolean hex = text.regionMatches(true, open, HEX, 0, HEX.length());
        boolean unicode = text.regionMatches(true, open, UNICODE, 0, UNICODE.length());
        int close = text.indexOf('}', open);
        if (close < 0 || !hex && !unicode) {
            return -1;
        }
        List<String> codes = codes(text.substring(open + (hex ? HEX : UNICODE).length(), close));
        if (codes.isEmpty() || hex && codes.stream().anyMatch(code -> code.length() > 2)) {
            return -1;
        }
        for (String code : codes) {
            if (hex) {
                into.write(Integer.parseInt(code, 16));
            } else {
                unicode(code, into, at, scope);
            }
        }
        return close + 1;
    }

    private static void unicode(String code, ByteArrayOutputStream into, Position at, Scope scope) {
        int zeros = 0;
        while (zeros < code.length() - 1 && code.charAt(zeros) == '0') {
            zeros++;
        }
        String digits = code.substring(zeros);
        int point = digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits, 16);
        if (point > Character.MAX_CODE_POINT || point >= 0xd800 && point <= 0xdfff) {
            scope.error(
                    at,
                    "invalid unicode character '" + code.toLowerCase(Locale.ROOT)
                            + "' in an encoded character substitution");
            return;
        }
        into.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
    }

    /// Hexadecimal numbers with blanks around them; empty when there is anything else.
    private static List<String> codes(String text) {
        List<String> codes = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                at++;
                continue;
            }
            int end = at;
            while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 0x80) {
                end++;
            }
            if (end == at) {
                return List.of();
            }
            codes.add(text.substring(at, end));
            at = end;
        }
        return codes;
    }

    private static void add(ByteArrayOutputStream into, String text) {
        into.writeBytes(Octets.encode(text));
    }
}
