package palomar.convert;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import palomar.message.Charsets;

/// A MIME field whose encoded parameters (RFC 2231 4) are put together, written in another charset and cut again.
/// RFC 5259 6
///
/// Other parameters stay as they are; comments go behind their parameter. What can't be decoded is left alone.
final class ParameterField {
    private static final int LONGEST_LINE = 76;
    private static final int MOST_PIECES = 1000;

    /// One `name*0*=value`, or a plain parameter.
    ///
    /// @param name without section and star, in lower case
    /// @param section -1 without one
    /// @param extended with percent signs
    /// @param value as it came, quotes included
    private record Piece(String name, int section, boolean extended, String value, String text) {}

    private final TextTarget target;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder comments = new StringBuilder();

    private ParameterField(TextTarget target) {
        this.target = target;
    }

    /// @param raw whole lines of a field, one char a byte
    static String convert(String raw, TextTarget target) throws Unconvertible {
        return new ParameterField(target).run(raw);
    }

    private String run(String raw) throws Unconvertible {
        List<String> parts = parts(raw);
        Map<String, List<Piece>> extended = new LinkedHashMap<>();
        List<Piece> pieces = new ArrayList<>();
        for (String part : parts.subList(1, parts.size())) {
            Piece piece = piece(part);
            pieces.add(piece);
            if (piece.section >= 0 || piece.extended) {
                extended.computeIfAbsent(piece.name, name -> new ArrayList<>()).add(piece);
            }
        }
        if (pieces.stream().noneMatch(Piece::extended) || pieces.size() > MOST_PIECES) {
            return raw;
        }
        out.append(parts.getFirst());
        for (Piece piece : pieces) {
            List<Piece> group = piece.section >= 0 || piece.extended ? extended.remove(piece.name) : null;
            if (group != null) {
                write(group);
            } else if (piece.section < 0 && !piece.extended) {
                put(piece.text);
            }
        }
        if (!comments.isEmpty()) {
            out.append(out.length() - out.lastIndexOf("\n") + comments.length() > LONGEST_LINE ? "\r\n " : " ");
            out.append(comments);
        }
        return out.append("\r\n").toString();
    }

    /// The field up to its first semicolon, then its parameters; line ends become blanks, comments are put aside.
    private List<String> parts(String raw) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '(' && !quoted) {
                int end = commentEnd(raw, i);
                raw.substring(i, end).chars().filter(b -> b >= ' ').forEach(b -> comments.append((char) b));
                i = end - 1;
            } else if (c == ';' && !quoted) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else if (c == '\\' && quoted && i + 1 < raw.length()) {
                part.append(c).append(raw.charAt(++i));
            } else if (c != '\r' && c != '\n') {
                quoted ^= c == '"';
                part.append(c);
            }
        }
        if (parts.isEmpty() || !part.toString().isBlank()) {
            parts.add(part.toString().strip());
        }
        return parts;
    }

    private static int commentEnd(String raw, int from) {
        int depth = 0;
        for (int i = from; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return raw.length();
    }

    private static Piece piece(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        String value = equals < 0 ? "" : text.substring(equals + 1).strip();
        boolean extended = name.endsWith("*") && equals > 0;
        String base = extended ? name.substring(0, name.length() - 1) : name;
        int star = base.lastIndexOf('*');
        int section = star < 0 ? -1 : section(base.substring(star + 1));
        return new Piece(section < 0 ? base : base.substring(0, star), section, extended, value, text);
    }

    private static int section(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() < 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(digits) : -1;
    }

    private void write(List<Piece> group) throws Unconvertible {
        String encoded = encoded(group);
        if (encoded == null) {
            group.forEach(piece -> put(piece.text));
            return;
        }
        String name = group.getFirst().name;
        if (name.length() + encoded.length() + 4 <= LONGEST_LINE) {
            put(name + "*=" + encoded);
            return;
        }
        int from = 0;
        for (int section = 0; from < encoded.length(); section++) {
            String before = name + "*" + section + "*=";
            int to = Math.min(encoded.length(), from + Math.max(16, LONGEST_LINE - before.length() - 2));
            int percent = encoded.lastIndexOf('%', to);
            if (to < encoded.length() && percent > from && percent > to - 3) {
                to = percent;
            }
            put(before + encoded.substring(from, to));
            from = to;
        }
    }

    /// `charset'language'text` in the target's charset; null when it can't be decoded.
    private @Nullable String encoded(List<Piece> group) throws Unconvertible {
        group.sort(java.util.Comparator.comparingInt(Piece::section));
        String first = group.getFirst().value;
        int quote = first.indexOf('\'');
        int second = quote < 0 ? -1 : first.indexOf('\'', quote + 1);
        String charset = second < 0 ? "" : first.substring(0, quote);
        if (!group.getFirst().extended || !Charsets.isKnown(charset)) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(bytes(first.substring(second + 1), true));
        for (Piece piece : group.subList(1, group.size())) {
            bytes.writeBytes(bytes(piece.value, piece.extended));
        }
        if (target.is(charset)) {
            return charset + first.substring(quote, second + 1) + percent(bytes.toByteArray());
        }
        String text = Charsets.decode(bytes.toByteArray(), charset);
        return text.indexOf('\ufffd') >= 0
                ? null
                : target.name() + first.substring(quote, second + 1) + percent(target.encode(text, Integer.MAX_VALUE));
    }

    private static byte[] bytes(String value, boolean extended) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        String inside = quoted ? value.substring(1, value.length() - 1) : value;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            boolean coded = extended && c == '%' && i + 2 < inside.length();
            int high = coded ? Character.digit(inside.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(inside.charAt(i + 2), 16);
            if (low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else if (quoted && c == '\\' && i + 1 < inside.length()) {
                bytes.write(inside.charAt(++i));
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }

    /// RFC 2231 7: attribute-char stands for itself.
    private static String percent(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 2);
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (c > ' ' && c < 0x7f && "*'%()<>@,;:\\\"/[]?=".indexOf(c) < 0) {
                text.append(c);
            } else {
                text.append('%');
                text.append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return text.toString();
    }

    private void put(String parameter) {
        int column = out.length() - 1 - out.lastIndexOf("\n");
        out.append(column + parameter.length() + 3 > LONGEST_LINE ? ";\r\n " : "; ")
                .append(parameter);
    }
}
