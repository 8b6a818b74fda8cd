package palomar.sasl;

import java.util.Arrays;
import java.util.Optional;

/// Base64 as SASL profiles want it: no white space, no line breaks, padding required, unused bits zero. RFC
/// 4648 3, 4
///
/// The JDK's decoder takes unpadded text and stray bits; two spellings of one message are what a filter in
/// between stumbles over.
public final class StrictBase64 {
    private static final byte[] VALUES = values();

    private StrictBase64() {}

    /// Decodes `text[from, to)`; empty when it is not canonical base64.
    public static Optional<byte[]> decode(byte[] text, int from, int to) {
        int length = to - from;
        if (length % 4 != 0) {
            return Optional.empty();
        }
        if (length == 0) {
            return Optional.of(new byte[0]);
        }
        int padding = text[to - 1] != '=' ? 0 : text[to - 2] != '=' ? 1 : 2;
        byte[] out = new byte[length / 4 * 3 - padding];
        int at = 0;
        for (int i = from; i < to; i += 4) {
            int padded = i + 4 == to ? padding : 0;
            int group = 0;
            for (int j = 0; j < 4; j++) {
                int value = j >= 4 - padded ? 0 : VALUES[text[i + j] & 0xff];
                if (value < 0) {
                    return Optional.empty();
                }
                group = group << 6 | value;
            }
            for (int j = 0; j < 3 - padded; j++) {
                out[at++] = (byte) (group >> 16 - 8 * j);
            }
            if ((group & (1 << 8 * padded) - 1) != 0) {
                return Optional.empty();
            }
        }
        return Optional.of(out);
    }

    /// Decodes all of `text`.
    public static Optional<byte[]> decode(byte[] text) {
        return decode(text, 0, text.length);
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < 26; i++) {
            values['A' + i] = (byte) i;
            values['a' + i] = (byte) (26 + i);
        }
        for (int i = 0; i < 10; i++) {
            values['0' + i] = (byte) (52 + i);
        }
        values['+'] = 62;
        values['/'] = 63;
        return values;
    }
}
