package palomar.message.edit;

import java.nio.charset.StandardCharsets;

/// The name of a header field, ready to be looked for: made once for a script, used for every message. Immutable.
///
/// A text that can't be a name makes a name that no field has. RFC 5228 2.4.2.2
public final class FieldName {
    private final String text;
    private final byte[] lower;
    private final int hash;

    private FieldName(String text) {
        this.text = text;
        this.lower = isValid(text) ? lower(text) : new byte[0];
        this.hash = hash(lower, 0, lower.length);
    }

    public static FieldName of(String text) {
        return new FieldName(text);
    }

    /// Whether the text can be the name of a field: printable ASCII without a colon. RFC 5322 3.6.8
    public static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ':') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /// As it was written.
    public String text() {
        return text;
    }

    int hash() {
        return hash;
    }

    /// Is `bytes[from, to)` this name in any case?
    boolean is(byte[] bytes, int from, int to) {
        if (to - from != lower.length || lower.length == 0) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if (lower(bytes[from + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    /// The same for all spellings of a name.
    static int hash(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + lower(bytes[i]);
        }
        return hash;
    }

    private static int lower(int b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    private static byte[] lower(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) lower(bytes[i]);
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldName name && name.is(lower, 0, lower.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return text;
    }
}
