package palomar.imap.order;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/// A 64-bit hash of bytes that nobody outside of this process can foresee, so that no sender can make texts
/// collide.
final class Hash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SECRET = ThreadLocalRandom.current().nextLong() | 1;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private Hash() {}

    static long of(byte[] bytes, int from, int to) {
        long hash = SECRET ^ (to - from) * ODD;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, at));
        }
        long rest = 0;
        for (int shift = 0; at < to; at++, shift += Byte.SIZE) {
            rest |= (bytes[at] & 0xffL) << shift;
        }
        return mix(hash ^ rest);
    }

    /// Both halves of a product with the secret, folded.
    private static long mix(long word) {
        long factor = SECRET * ODD | 1;
        return Math.unsignedMultiplyHigh(word, factor) ^ word * factor ^ Long.rotateLeft(word, 29);
    }
}
