package palomar.message.edit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes parameters of MIME fields: as tokens, in quotes, or with percent signs and in pieces. RFC 2045 5.1,
/// RFC 2231
final class ParameterWriter {
    /// RFC 2231: a parameter and its blank and semicolons on one line.
    private static final int LONGEST = FieldWriter.LINE - 3;

    private ParameterWriter() {}

    /// Pieces of a field behind each other, the first of them with a blank before it like the others.
    static List<String> parameter(String name, String text) {
        String value = FieldWriter.oneLine(text);
        boolean ascii = value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        String plain = name + "=" + (isToken(value) ? value : quoted(value));
        if (ascii && plain.length() <= LONGEST) {
            return List.of(plain);
        }
        String encoded = percent(value);
        String whole = name + "*=utf-8''" + encoded;
        return whole.length() <= LONGEST ? List.of(whole) : pieces(name, encoded);
    }

    private static List<String> pieces(String name, String encoded) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        while (from < encoded.length()) {
            String start = name + "*" + pieces.size() + "*=" + (from == 0 ? "utf-8''" : "");
            int to = Math.min(encoded.length(), from + Math.max(12, LONGEST - start.length()));
            int percent = encoded.lastIndexOf('%', to - 1);
            if (to < encoded.length() && percent > from && percent > to - 3) {
                to = percent;
            }
            pieces.add(start + encoded.substring(from, to));
            from = to;
        }
        return pieces;
    }

    private static boolean isToken(String value) {
        return !value.isEmpty()
                && value.chars().allMatch(c -> c > ' ' && c < 0x7f && "()<>@,;:\\\"/[]?=".indexOf(c) < 0);
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /// RFC 2231 7: attribute-char stands for itself.
    private static String percent(String value) {
        StringBuilder text = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && "*'%()<>@,;:\\\"/[]?=".indexOf(b) < 0) {
                text.append((char) b);
            } else {
                text.append('%').append(EncodedWord.hex(b >> 4 & 15)).append(EncodedWord.hex(b & 15));
            }
        }
        return text.toString();
    }
}
