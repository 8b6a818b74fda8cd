package palomar.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import palomar.bytes.ByteSource;
import palomar.smtp.proto.SmtpCommand.Body;

/// What a relay must be able to carry for a message. RFC 6152 3, RFC 3030 3
///
/// @param body 7-bit, 8-bit, or binary: with a NUL. Line ends other than CRLF do not make it binary: they are
///     mended
/// @param highBytes how many bytes are beyond ASCII
/// @param headerIsAscii false when the header itself has such bytes
public record ContentFacts(Body body, long highBytes, boolean headerIsAscii) {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH = 0x8080_8080_8080_8080L;
    private static final long LOW = 0x7f7f_7f7f_7f7f_7f7fL;
    private static final int WINDOW = 64 * 1024;

    /// Reads the message once.
    public static ContentFacts of(ByteSource content) throws IOException {
        Scan scan = new Scan();
        byte[] window = new byte[WINDOW];
        try (InputStream in = content.open()) {
            for (int count = in.read(window); count >= 0; count = in.read(window)) {
                scan.take(window, count);
            }
        }
        Body body = scan.nul ? Body.BINARY : scan.high > 0 ? Body.EIGHT_BIT : Body.SEVEN_BIT;
        return new ContentFacts(body, scan.high, scan.headerIsAscii);
    }

    private static final class Scan {
        private long high;
        private boolean nul;
        private boolean headerIsAscii = true;
        private boolean inHeader = true;
        private boolean atLineStart = true;

        void take(byte[] bytes, int count) {
            int body = inHeader ? header(bytes, count) : 0;
            long before = high;
            count(bytes, 0, body);
            headerIsAscii &= high == before;
            count(bytes, body, count);
        }

        /// Where the empty line is, or `count`.
        private int header(byte[] bytes, int count) {
            for (int i = 0; i < count; i++) {
                byte b = bytes[i];
                if (b == '\n') {
                    if (atLineStart) {
                        inHeader = false;
                        return i;
                    }
                    atLineStart = true;
                } else if (b != '\r') {
                    atLineStart = false;
                }
            }
            return count;
        }

        private void count(byte[] bytes, int from, int to) {
            int at = from;
            for (; at + 8 <= to; at += 8) {
                long eight = (long) LONGS.get(bytes, at);
                high += Long.bitCount(eight & HIGH);
                // A zero byte alone has no bit after this.
                nul |= ((eight & LOW) + LOW | eight | LOW) != -1L;
            }
            for (; at < to; at++) {
                high += bytes[at] < 0 ? 1 : 0;
                nul |= bytes[at] == 0;
            }
        }
    }
}
