package palomar.message;

import java.util.Arrays;

/// Undoes a content transfer encoding piece by piece. RFC 2045 6. One thread, one content.
///
/// Tolerant: what does not belong into base64 is skipped, a broken `=XX` stays as it is. Decoded content is never
/// longer than encoded content by more than the few bytes held back.
abstract sealed class TransferDecoder {
    /// Room that `out` needs beyond the length of the input piece.
    static final int SLACK = 128;

    private static final byte[] BASE64 = base64Table();

    /// Decodes `in[from, to)` to the start of `out`; returns how many bytes.
    abstract int decode(byte[] in, int from, int to, byte[] out);

    /// What was held back until the end was known.
    int finish(byte[] out) {
        return 0;
    }

    /// True when decoding changes nothing.
    boolean isIdentity() {
        return this instanceof Identity;
    }

    /// Is the encoding (lower case) one that is known? RFC 3516 4.3
    static boolean isKnown(String encoding) {
        return switch (encoding) {
            case "7bit", "8bit", "binary", "", "base64", "quoted-printable", "x-uuencode", "uuencode", "x-uue" -> true;
            default -> false;
        };
    }

    /// A decoder for an encoding in lower case; for an unknown one the content stays as it is.
    static TransferDecoder of(String encoding) {
        return switch (encoding) {
            case "base64" -> new Base64();
            case "quoted-printable" -> new QuotedPrintable();
            case "x-uuencode", "uuencode", "x-uue" -> new Uuencode();
            default -> new Identity();
        };
    }

    static boolean isBase64(byte letter) {
        return BASE64[letter & 0xff] >= 0;
    }

    static final class Identity extends TransferDecoder {
        @Override
        int decode(byte[] in, int from, int to, byte[] out) {
            System.arraycopy(in, from, out, 0, to - from);
            return to - from;
        }
    }

    /// RFC 2045 6.8; goes on behind padding, because some senders encode piece by piece.
    static final class Base64 extends TransferDecoder {
        private int bits;
        private int count;

        @Override
        int decode(byte[] in, int from, int to, byte[] out) {
            int size = 0;
            int at = from;
            while (at < to) {
                int four = count == 0 && at + 4 <= to ? four(in, at) : -1;
                if (four < 0) {
                    size = one(in[at++], out, size);
                    continue;
                }
                out[size] = (byte) (four >> 16);
                out[size + 1] = (byte) (four >> 8);
                out[size + 2] = (byte) four;
                size += 3;
                at += 4;
            }
            return size;
        }

        /// Four letters at once; negative when one of them is none.
        private static int four(byte[] in, int at) {
            return BASE64[in[at] & 0xff] << 18
                    | BASE64[in[at + 1] & 0xff] << 12
                    | BASE64[in[at + 2] & 0xff] << 6
                    | BASE64[in[at + 3] & 0xff];
        }

        private int one(byte b, byte[] out, int at) {
            int value = BASE64[b & 0xff];
            if (b == '=') {
                return tail(out, at);
            }
            if (value < 0) {
                return at;
            }
            bits = bits << 6 | value;
            if (++count < 4) {
                return at;
            }
            out[at] = (byte) (bits >> 16);
            out[at + 1] = (byte) (bits >> 8);
            out[at + 2] = (byte) bits;
            bits = 0;
            count = 0;
            return at + 3;
        }

        private int tail(byte[] out, int at) {
            int size = at;
            if (count >= 2) {
                out[size++] = (byte) (count == 2 ? bits >> 4 : bits >> 10);
            }
            if (count == 3) {
                out[size++] = (byte) (bits >> 2);
            }
            bits = 0;
            count = 0;
            return size;
        }

        @Override
        int finish(byte[] out) {
            return tail(out, 0);
        }
    }

    /// RFC 2045 6.7
    static final class QuotedPrintable extends TransferDecoder {
        /// 0: plain, 1: after `=`, 2: after `=X`, 3: after `=` CR or `=` blanks
        private int state;

        private byte first;

        @Override
        int decode(byte[] in, int from, int to, byte[] out) {
            int size = 0;
            for (int at = from; at < to; at++) {
                byte b = in[at];
                if (state == 0 && b != '=') {
                    out[size++] = b;
                    continue;
                }
                size = special(b, out, size);
            }
            return size;
        }

        private int special(byte b, byte[] out, int at) {
            int size = at;
            switch (state) {
                case 0 -> state = 1;
                case 1 -> {
                    if (Character.digit(b, 16) >= 0) {
                        first = b;
                        state = 2;
                    } else if (b == '\n') {
                        state = 0;
                    } else if (b == '\r' || b == ' ' || b == '\t') {
                        state = 3;
                    } else {
                        out[size++] = '=';
                        size = again(b, out, size);
                    }
                }
                case 2 -> {
                    int low = Character.digit(b, 16);
                    if (low >= 0) {
                        out[size++] = (byte) (Character.digit(first, 16) << 4 | low);
                        state = 0;
                    } else {
                        out[size++] = '=';
                        out[size++] = first;
                        size = again(b, out, size);
                    }
                }
                default -> {
                    if (b == '\n') {
                        state = 0;
                    } else if (b != '\r' && b != ' ' && b != '\t') {
                        size = again(b, out, size);
                    }
                }
            }
            return size;
        }

        private int again(byte b, byte[] out, int at) {
            state = b == '=' ? 1 : 0;
            if (state == 0) {
                out[at] = b;
                return at + 1;
            }
            return at;
        }

        @Override
        int finish(byte[] out) {
            int size = 0;
            if (state == 1 || state == 2) {
                out[size++] = '=';
            }
            if (state == 2) {
                out[size++] = first;
            }
            state = 0;
            return size;
        }
    }

    /// The lines between `begin` and `end`; text around them is dropped.
    static final class Uuencode extends TransferDecoder {
        private final byte[] line = new byte[128];
        private int length;
        private boolean begun;

        @Override
        int decode(byte[] in, int from, int to, byte[] out) {
            int size = 0;
            for (int at = from; at < to; at++) {
                if (in[at] == '\n') {
                    size = line(out, size);
                    length = 0;
                } else if (length < line.length) {
                    line[length++] = in[at];
                }
            }
            return size;
        }

        private int line(byte[] out, int at) {
            if (!begun) {
                begun = length > 6 && line[0] == 'b' && line[1] == 'e' && line[2] == 'g' && line[5] == ' ';
                return at;
            }
            if (length >= 3 && line[0] == 'e' && line[1] == 'n' && line[2] == 'd') {
                begun = false;
                return at;
            }
            int wanted = length == 0 ? 0 : Math.min(line[0] - 32 & 63, (length - 1) * 3 / 4);
            for (int i = 0; i < wanted; i++) {
                int group = 1 + i / 3 * 4;
                int high = digit(group + i % 3);
                int low = digit(group + i % 3 + 1);
                int shift = 2 + i % 3 * 2;
                out[at + i] = (byte) (high << shift | low >> 6 - shift);
            }
            return at + wanted;
        }

        private int digit(int index) {
            return index < length ? line[index] - 32 & 63 : 0;
        }

        @Override
        int finish(byte[] out) {
            int size = length > 0 ? line(out, 0) : 0;
            length = 0;
            return size;
        }
    }

    private static byte[] base64Table() {
        byte[] table = new byte[256];
        Arrays.fill(table, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            table[alphabet.charAt(i)] = (byte) i;
        }
        return table;
    }
}
