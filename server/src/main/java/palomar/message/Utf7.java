package palomar.message;

import org.jspecify.annotations.Nullable;

/// Decodes UTF-7. RFC 2152
final class Utf7 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final StringBuilder out = new StringBuilder();
    private boolean shifted;
    private boolean empty;
    private int bits;
    private int count;

    /// The whole text; 8-bit bytes, which UTF-7 doesn't have, become U+FFFD.
    static String decode(byte[] bytes) {
        Utf7 decoder = new Utf7();
        decoder.feed(bytes, 0, bytes.length);
        return decoder.take();
    }

    /// More bytes, cut anywhere.
    void feed(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (shifted) {
                shifted(bytes[i]);
            } else {
                direct(bytes[i]);
            }
        }
    }

    /// What was decoded since the last call.
    String take() {
        String text = out.toString();
        out.setLength(0);
        return text;
    }

    private void direct(byte b) {
        if (b == '+') {
            shifted = true;
            empty = true;
            bits = 0;
            count = 0;
            return;
        }
        out.append(b < 0 ? '\uFFFD' : (char) b);
    }

    private void shifted(byte b) {
        @Nullable Integer value = b < 0 ? null : value(b);
        if (value == null) {
            shifted = false;
            if (b == '-') {
                if (empty) {
                    out.append('+');
                }
                return;
            }
            direct(b);
            return;
        }
        empty = false;
        bits = bits << 6 | value;
        count += 6;
        if (count >= 16) {
            count -= 16;
            out.append((char) (bits >>> count));
            bits &= (1 << count) - 1;
        }
    }

    private static @Nullable Integer value(byte b) {
        int at = ALPHABET.indexOf(b);
        return at < 0 ? null : at;
    }
}
