package palomar.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A header field and what is looked for in it, prepared once for any number of messages. Immutable.
public final class FieldNeedle {
    private final String field;
    private final Needle needle;
    private final HeaderNames names;
    private final @Nullable HeaderField known;

    /// @param field a name in any case
    public FieldNeedle(String field, Needle needle) {
        this.field = field;
        this.needle = needle;
        this.names = new HeaderNames(List.of(field), false);
        this.known = HeaderField.of(field);
    }

    public String field() {
        return field;
    }

    public Needle needle() {
        return needle;
    }

    HeaderNames names() {
        return names;
    }

    /// Null when digests know nothing of such a field.
    @Nullable
    HeaderField known() {
        return known;
    }

    /// Is the needle in the value of the plain line `bytes[from, to)`?
    boolean isInPlain(byte[] bytes, int from, int to) {
        return needle.isIn(bytes, valueStart(bytes, from, to), to);
    }

    /// Is the line ASCII on one line, without tabs and encoded words, so that it may be searched where it is?
    static boolean isPlain(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b < ' ' || b == '?' && at > from && bytes[at - 1] == '=') {
                return false;
            }
        }
        return true;
    }

    private static int valueStart(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ':') {
            at++;
        }
        at++;
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        return Math.min(at, to);
    }
}
