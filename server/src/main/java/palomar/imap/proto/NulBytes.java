package palomar.imap.proto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// NUL in what goes out as a text literal, where the grammar has no place for it: RFC 9051 4.3.1 and 9, CHAR8.
///
/// Each NUL is shown as 0x80, as in header fields (`message.WireText`): the size stays, and BINARY gives the true
/// bytes. Eight bytes are looked at in one step, since every body on its way to a client passes here.
public final class NulBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;
    private static final byte SHOWN = (byte) 0x80;

    private NulBytes() {}

    /// Is there any?
    public static boolean any(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, at);
            if ((eight - ONES & ~eight & HIGH) != 0) {
                return true;
            }
        }
        for (; at < end; at++) {
            if (bytes[at] == 0) {
                return true;
            }
        }
        return false;
    }

    /// The same bytes in the caller's array, as a text literal shows them.
    public static void show(byte[] bytes, int offset, int length) {
        for (int at = offset; at < offset + length; at++) {
            if (bytes[at] == 0) {
                bytes[at] = SHOWN;
            }
        }
    }

    /// A copy, as a text literal shows it.
    static byte[] shown(byte[] bytes, int offset, int length) {
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        show(copy, 0, length);
        return copy;
    }
}
