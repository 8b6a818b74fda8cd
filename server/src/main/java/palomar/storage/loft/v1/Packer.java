package palomar.storage.loft.v1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import palomar.mail.UidSet;

/// Writes the small numbers, texts and sets of log records and catalog images into one growing array. One thread.
final class Packer {
    private byte[] buffer;
    private int used;

    Packer(int capacity) {
        buffer = new byte[Math.max(16, capacity)];
    }

    int size() {
        return used;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, used);
    }

    /// The backing array: valid up to [#size()], until the next write.
    byte[] array() {
        return buffer;
    }

    private void room(int more) {
        if (buffer.length - used < more) {
            buffer = Arrays.copyOf(buffer, Math.max(used + more, buffer.length * 2));
        }
    }

    Packer u8(int value) {
        room(1);
        buffer[used++] = (byte) value;
        return this;
    }

    Packer u64(long value) {
        room(8);
        for (int shift = 0; shift < 64; shift += 8) {
            buffer[used++] = (byte) (value >>> shift);
        }
        return this;
    }

    /// Seven bits a byte, lowest first; all 64 bits are allowed and take ten bytes.
    Packer number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            buffer[used++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[used++] = (byte) rest;
        return this;
    }

    /// A number that may be negative.
    Packer signed(long value) {
        return number(value << 1 ^ value >> 63);
    }

    Packer bytes(byte[] value, int from, int length) {
        room(length);
        System.arraycopy(value, from, buffer, used, length);
        used += length;
        return this;
    }

    Packer text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return number(utf8.length).bytes(utf8, 0, utf8.length);
    }

    Packer texts(List<String> values) {
        number(values.size());
        values.forEach(this::text);
        return this;
    }

    Packer uids(UidSet set) {
        number(set.runs());
        long before = 0;
        for (int run = 0; run < set.runs(); run++) {
            number(set.first(run) - before).number(set.last(run) - set.first(run));
            before = set.last(run);
        }
        return this;
    }
}
