package palomar.imap.proto;

import java.util.Optional;

/// Modified UTF-7: how mailbox names beyond ASCII travel in IMAP4rev1. RFC 3501 5.1.3
///
/// Printable ASCII stands for itself, `&-` for `&`, and `&...-` holds UTF-16 in a base64 with `,` in place of `/`
/// and without padding.
public final class MUtf7 {
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
    private static final byte[] VALUES = values();

    private MUtf7() {}

    /// The name in ASCII.
    public static String encode(String name) {
        if (isPlain(name)) {
            return name;
        }
        StringBuilder out = new StringBuilder(name.length() + 16);
        int at = 0;
        while (at < name.length()) {
            char c = name.charAt(at);
            if (c == '&') {
                out.append("&-");
                at++;
            } else if (isPrintable(c)) {
                out.append(c);
                at++;
            } else {
                at = encodeRun(name, at, out);
            }
        }
        return out.toString();
    }

    /// The name in Unicode; empty when it is not modified UTF-7.
    ///
    /// Printable ASCII inside a shift is refused, because `&AC8-` would smuggle a separator past whoever compares
    /// encoded names; so are lone surrogates and bits left over.
    public static Optional<String> decode(String encoded) {
        StringBuilder out = new StringBuilder(encoded.length());
        int at = 0;
        while (at < encoded.length()) {
            char c = encoded.charAt(at);
            if (!isPrintable(c)) {
                return Optional.empty();
            }
            if (c != '&') {
                out.append(c);
                at++;
                continue;
            }
            int end = encoded.indexOf('-', at + 1);
            if (end < 0) {
                return Optional.empty();
            }
            if (end == at + 1) {
                out.append('&');
            } else if (!decodeRun(encoded, at + 1, end, out)) {
                return Optional.empty();
            }
            at = end + 1;
        }
        return Optional.of(out.toString());
    }

    private static int encodeRun(String name, int from, StringBuilder out) {
        out.append('&');
        int bits = 0;
        int held = 0;
        int at = from;
        for (; at < name.length() && !isPrintable(name.charAt(at)); at++) {
            bits = (bits << 16 | name.charAt(at)) & 0x3f_ffff;
            held += 16;
            while (held >= 6) {
                held -= 6;
                out.append(DIGITS.charAt(bits >>> held & 0x3f));
            }
        }
        if (held > 0) {
            out.append(DIGITS.charAt(bits << 6 - held & 0x3f));
        }
        out.append('-');
        return at;
    }

    private static boolean decodeRun(String encoded, int from, int to, StringBuilder out) {
        int bits = 0;
        int held = 0;
        char high = 0;
        for (int at = from; at < to; at++) {
            char digit = encoded.charAt(at);
            if (digit >= 128 || VALUES[digit] < 0) {
                return false;
            }
            bits = (bits << 6 | VALUES[digit]) & 0x3f_ffff;
            held += 6;
            if (held < 16) {
                continue;
            }
            held -= 16;
            char unit = (char) (bits >>> held);
            if (isPrintable(unit) || Character.isLowSurrogate(unit) != (high != 0)) {
                return false;
            }
            high = Character.isHighSurrogate(unit) ? unit : 0;
            out.append(unit);
        }
        // What remains is fewer than six bits, all zero, and no digit for nothing.
        return high == 0 && held < 6 && (bits & (1 << held) - 1) == 0;
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '&' || !isPrintable(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(char c) {
        return c >= 0x20 && c < 0x7f;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        java.util.Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length(); i++) {
            values[DIGITS.charAt(i)] = (byte) i;
        }
        return values;
    }
}
