package palomar.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds LF in bytes, eight at a time: every byte of every message goes through here.
public final class LineEnds {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
    private static final long LINE_FEEDS = 0x0a0a_0a0a_0a0a_0a0aL;
    private static final long RETURNS = 0x0d0d_0d0d_0d0d_0d0dL;

    private static final long EVEN_BYTES = 0x00ff_00ff_00ff_00ffL;
    private static final int MOST_IN_A_BYTE = 255;

    private LineEnds() {}

    /// Where the first LF of `[from, to)` is; `to` when there is none.
    public static int next(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 8 <= to) {
            long found = marks((long) LONGS.get(bytes, at));
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += 8;
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /// Where the first CR or LF of `[from, to)` is; `to` when there is none.
    public static int nextBreak(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 8 <= to) {
            long eight = (long) LONGS.get(bytes, at);
            long found = marks(eight) | marks(eight ^ LINE_FEEDS ^ RETURNS);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            at += 8;
        }
        while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /// How many LF are in `[from, to)`.
    public static int count(byte[] bytes, int from, int to) {
        int count = 0;
        int at = from;
        while (at + 8 <= to) {
            int longs = Math.min(MOST_IN_A_BYTE, (to - at) >>> 3);
            count += countInLongs(bytes, at, longs);
            at += longs << 3;
        }
        for (; at < to; at++) {
            count += bytes[at] == '\n' ? 1 : 0;
        }
        return count;
    }

    /// Counts in eight columns, a byte each, and adds them up at the end: a loop that the JIT makes vectors of.
    private static int countInLongs(byte[] bytes, int from, int longs) {
        long columns = 0;
        for (int i = 0; i < longs; i++) {
            columns += marks((long) LONGS.get(bytes, from + (i << 3))) >>> 7;
        }
        long pairs = (columns & EVEN_BYTES) + (columns >>> 8 & EVEN_BYTES);
        return (int) (pairs * 0x0001_0001_0001_0001L >>> 48);
    }

    /// The top bit of each byte that is LF, and nothing else.
    private static long marks(long eight) {
        long zeros = eight ^ LINE_FEEDS;
        return ~((zeros & LOW_BITS) + LOW_BITS | zeros | LOW_BITS);
    }
}
