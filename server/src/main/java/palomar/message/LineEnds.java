package palomar.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds LF in bytes, eight at a time: every byte of every message goes through here.
final class LineEnds {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LOW_BITS = 0x7f7f_7f7f_7f7f_7f7fL;
    private static final long LINE_FEEDS = 0x0a0a_0a0a_0a0a_0a0aL;

    private LineEnds() {}

    /// Where the first LF of `[from, to)` is; `to` when there is none.
    static int next(byte[] bytes, int from, int to) {
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

    /// How many LF are in `[from, to)`.
    static int count(byte[] bytes, int from, int to) {
        int count = 0;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            count += Long.bitCount(marks((long) LONGS.get(bytes, at)));
        }
        for (; at < to; at++) {
            count += bytes[at] == '\n' ? 1 : 0;
        }
        return count;
    }

    /// The top bit of each byte that is LF, and nothing else.
    private static long marks(long eight) {
        long zeros = eight ^ LINE_FEEDS;
        return ~((zeros & LOW_BITS) + LOW_BITS | zeros | LOW_BITS);
    }
}
