package palomar.message;

import java.util.Arrays;

/// A search string prepared once: folded UTF-8 that is looked for, as a plain substring, in UTF-8 that was
/// folded the same way. RFC 9051 6.4.4; the folding is that of a collation, i;unicode-casemap if nothing is
/// said. Immutable.
public final class Needle {
    /// Up to this length the needle moves by its last byte; longer ones move by a table of their own
    /// repetitions, so that no needle costs more than a fixed number of comparisons a byte.
    private static final int SHORT = 64;

    private static final byte[] UPPER = table(true);
    private static final byte[] SAME = table(false);

    private final Collation collation;
    /// What a byte of the text is compared as: ASCII letters of any case are the same, or not.
    private final byte[] compared;
    private final byte[] folded;
    /// By the byte under the needle's end: how far the needle may move; 0 where it may stand.
    private final int[] moves;
    /// How far it may move from where its last byte fits and the rest does not.
    private final int moveAfterMiss;
    /// For long needles: of each prefix, how much of its start its end repeats.
    private final int[] repeats;

    public Needle(String text) {
        this(text, Collation.UNICODE_CASEMAP);
    }

    public Needle(String text, Collation collation) {
        this.collation = collation;
        this.compared = collation == Collation.OCTET ? SAME : UPPER;
        this.folded = collation.key(text);
        this.moves = new int[256];
        this.moveAfterMiss = prepareMoves();
        this.repeats = new int[folded.length > SHORT ? folded.length : 0];
        prepareRepeats();
    }

    private int prepareMoves() {
        int last = folded.length - 1;
        int afterMiss = Math.max(1, folded.length);
        Arrays.fill(moves, afterMiss);
        for (int i = 0; i <= last; i++) {
            byte b = folded[i];
            if (i < last && b == folded[last]) {
                afterMiss = last - i;
            }
            moves[b & 0xff] = last - i;
            if (compared == UPPER && b >= 'A' && b <= 'Z') {
                moves[b + 32] = last - i;
            }
        }
        return afterMiss;
    }

    private void prepareRepeats() {
        for (int i = 1, same = 0; i < repeats.length; i++) {
            while (same > 0 && folded[i] != folded[same]) {
                same = repeats[same - 1];
            }
            same += folded[i] == folded[same] ? 1 : 0;
            repeats[i] = same;
        }
    }

    Collation collation() {
        return collation;
    }

    /// Decoded text as the needle wants it.
    public byte[] fold(String text) {
        return collation.key(text);
    }

    public boolean isEmpty() {
        return folded.length == 0;
    }

    /// The folded bytes; not to be changed.
    public byte[] bytes() {
        return folded;
    }

    /// Is it in `haystack[from, to)`, which is folded UTF-8, or plain ASCII as it came?
    public boolean isIn(byte[] haystack, int from, int to) {
        if (folded.length == 0) {
            return true;
        }
        return folded.length > SHORT ? isLongIn(haystack, from, to) : isShortIn(haystack, from, to);
    }

    private boolean isShortIn(byte[] haystack, int from, int to) {
        int last = folded.length - 1;
        int at = from + last;
        while (at < to) {
            int move = moves[haystack[at] & 0xff];
            if (move != 0) {
                at += move;
            } else if (matches(haystack, at - last)) {
                return true;
            } else {
                at += moveAfterMiss;
            }
        }
        return false;
    }

    private boolean matches(byte[] haystack, int at) {
        for (int i = 0; i < folded.length; i++) {
            if (compared[haystack[at + i] & 0xff] != folded[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean isLongIn(byte[] haystack, int from, int to) {
        int same = 0;
        for (int at = from; at < to; at++) {
            byte b = compared[haystack[at] & 0xff];
            while (same > 0 && b != folded[same]) {
                same = repeats[same - 1];
            }
            same += b == folded[same] ? 1 : 0;
            if (same == folded.length) {
                return true;
            }
        }
        return false;
    }

    private static byte[] table(boolean upper) {
        byte[] table = new byte[256];
        for (int i = 0; i < 256; i++) {
            table[i] = (byte) (upper && i >= 'a' && i <= 'z' ? i - 32 : i);
        }
        return table;
    }
}
