package palomar.pop3;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// How unique ids of messages look, in Dovecot's words: `%u` the UID, `%v` the UIDVALIDITY, `%g` the GUID; between
/// the percent sign and the letter a width with leading zeros and `X` or `x` for hexadecimal, as in `%08Xu%08Xv`.
/// Immutable. RFC 1939 7 (UIDL)
public final class UidlFormat {
    /// RFC 1939 7: one to 70 characters.
    private static final int MOST_LENGTH = 70;

    /// Dovecot's: clients that come from there download nothing twice.
    public static final UidlFormat USUAL = of("%08Xu%08Xv");

    /// @param variable `u`, `v`, `g`, or 0 for the text itself
    private record Piece(String text, char variable, int width, char hex) {}

    private final List<Piece> pieces;

    private UidlFormat(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /// Throws IllegalArgumentException, fit for the operator.
    public static UidlFormat of(String format) {
        List<Piece> pieces = new ArrayList<>();
        boolean unique = false;
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%') {
                if (c <= ' ' || c >= 0x7f) {
                    throw new IllegalArgumentException("a UIDL has visible ASCII characters only");
                }
                pieces.add(new Piece(String.valueOf(c), (char) 0, 0, (char) 0));
                continue;
            }
            int width = 0;
            while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
                width = Math.min(MOST_LENGTH, width * 10 + format.charAt(at++) - '0');
            }
            char hex = at < format.length() && (format.charAt(at) == 'X' || format.charAt(at) == 'x')
                    ? format.charAt(at++)
                    : (char) 0;
            char variable = at < format.length() ? format.charAt(at++) : ' ';
            if ("uvg".indexOf(variable) < 0) {
                throw new IllegalArgumentException("unknown variable in UIDL format '" + format
                        + "': %u (UID), %v (UIDVALIDITY) and %g (GUID) are known");
            }
            unique |= variable != 'v';
            pieces.add(new Piece("", variable, width, hex));
        }
        if (!unique) {
            throw new IllegalArgumentException("a UIDL needs %u or %g, or all messages would have the same");
        }
        return new UidlFormat(List.copyOf(pieces));
    }

    /// @param guid asked only when the format needs it
    String of(long uid, long uidValidity, Supplier<String> guid) {
        StringBuilder text = new StringBuilder(20);
        for (Piece piece : pieces) {
            switch (piece.variable) {
                case 'u' -> number(text, uid, piece);
                case 'v' -> number(text, uidValidity, piece);
                case 'g' -> text.append(guid.get());
                default -> text.append(piece.text);
            }
        }
        if (text.length() > MOST_LENGTH) {
            text.setLength(MOST_LENGTH);
        }
        return text.toString();
    }

    private static void number(StringBuilder text, long value, Piece piece) {
        String digits = switch (piece.hex) {
            case 'X' -> Long.toHexString(value).toUpperCase(Locale.ROOT);
            case 'x' -> Long.toHexString(value);
            default -> Long.toString(value);
        };
        text.repeat('0', Math.max(0, piece.width - digits.length())).append(digits);
    }
}
