package palomar.message;

import java.nio.charset.StandardCharsets;

/// A search string prepared once: case-folded UTF-8 that is looked for, as a plain substring, in case-folded UTF-8.
/// RFC 9051 6.4.4; the folding is i;unicode-casemap's, RFC 5051. Immutable.
public final class Needle {
    private final byte[] folded;

    public Needle(String text) {
        this.folded = CaseFold.fold(text).getBytes(StandardCharsets.UTF_8);
    }

    public boolean isEmpty() {
        return folded.length == 0;
    }

    /// The folded bytes; not to be changed.
    public byte[] bytes() {
        return folded;
    }

    /// Is it in `folded[from, to)`?
    public boolean isIn(byte[] haystack, int from, int to) {
        if (folded.length == 0) {
            return true;
        }
        byte first = folded[0];
        int last = to - folded.length;
        for (int at = from; at <= last; at++) {
            if (haystack[at] == first && matches(haystack, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(byte[] haystack, int at) {
        for (int i = 1; i < folded.length; i++) {
            if (haystack[at + i] != folded[i]) {
                return false;
            }
        }
        return true;
    }
}
