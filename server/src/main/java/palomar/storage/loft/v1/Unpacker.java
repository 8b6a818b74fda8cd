package palomar.storage.loft.v1;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import palomar.mail.UidSet;

/// Reads what [Packer] wrote. The bytes have passed a checksum, so what does not fit is a bug or another version:
/// [Malformed], never a wrong value. One thread.
final class Unpacker {
    private final byte[] buffer;
    private final int end;
    private int at;

    Unpacker(byte[] buffer, int from, int length) {
        this.buffer = buffer;
        this.at = from;
        this.end = from + length;
    }

    Unpacker(byte[] buffer) {
        this(buffer, 0, buffer.length);
    }

    boolean atEnd() {
        return at == end;
    }

    int position() {
        return at;
    }

    int u8() {
        need(1);
        return buffer[at++] & 0xff;
    }

    long u64() {
        need(8);
        long value = 0;
        for (int shift = 0; shift < 64; shift += 8) {
            value |= (buffer[at++] & 0xffL) << shift;
        }
        return value;
    }

    long number() {
        long value = 0;
        int shift = 0;
        byte b;
        do {
            if (shift > 63) {
                throw new Malformed("number of more than 64 bits");
            }
            need(1);
            b = buffer[at++];
            value |= (long) (b & 0x7f) << shift;
            shift += 7;
        } while (b < 0);
        return value;
    }

    /// A number between 0 and `limit`.
    int count(int limit) {
        long value = number();
        if (value < 0 || value > limit) {
            throw new Malformed(value + " where at most " + limit + " is possible");
        }
        return (int) value;
    }

    long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    String text() {
        int length = count(end - at);
        String text = new String(buffer, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    List<String> texts() {
        int size = count(end - at);
        if (size == 0) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(text());
        }
        return List.copyOf(texts);
    }

    UidSet uids() {
        int runs = count(end - at);
        UidSet.Builder builder = new UidSet.Builder();
        long before = 0;
        for (int run = 0; run < runs; run++) {
            long first = before + number();
            long last = first + number();
            if (first < 1 || last < first || last > UidSet.MAX_UID) {
                throw new Malformed("not a run of UIDs: " + first + ":" + last);
            }
            builder.addRange(first, last);
            before = last;
        }
        return builder.build();
    }

    byte[] bytes(int length) {
        need(length);
        byte[] value = java.util.Arrays.copyOfRange(buffer, at, at + length);
        at += length;
        return value;
    }

    private void need(int bytes) {
        if (end - at < bytes) {
            throw new Malformed("record ends early");
        }
    }

    /// A record that is whole and yet makes no sense.
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed(String what) {
            super(what);
        }
    }
}
