package palomar.message;

import java.util.Arrays;

/// Bytes being put together in memory; grows, never fails on I/O. One thread.
final class ByteBuilder {
    private byte[] bytes;
    private int size;

    ByteBuilder(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    int size() {
        return size;
    }

    /// The backing array, valid up to [#size()] until the next append.
    byte[] array() {
        return bytes;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void reset() {
        size = 0;
    }

    void truncate(int newSize) {
        size = Math.min(size, newSize);
    }

    void removeFirst(int count) {
        System.arraycopy(bytes, count, bytes, 0, size - count);
        size -= count;
    }

    ByteBuilder add(int b) {
        if (size == bytes.length) {
            grow(1);
        }
        bytes[size++] = (byte) b;
        return this;
    }

    ByteBuilder add(byte[] source, int from, int to) {
        int length = to - from;
        if (length > bytes.length - size) {
            grow(length);
        }
        System.arraycopy(source, from, bytes, size, length);
        size += length;
        return this;
    }

    ByteBuilder add(byte[] source) {
        return add(source, 0, source.length);
    }

    ByteBuilder add(ByteBuilder source) {
        return add(source.bytes, 0, source.size);
    }

    /// Text of chars below 256, one byte each.
    ByteBuilder text(String latin1) {
        int length = latin1.length();
        if (length > bytes.length - size) {
            grow(length);
        }
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) latin1.charAt(i);
        }
        return this;
    }

    /// A non-negative number in decimal.
    ByteBuilder number(long value) {
        return text(Long.toString(value));
    }

    /// A non-negative number, seven bits a byte, low bits first.
    ByteBuilder varint(long value) {
        long rest = value;
        while (rest >= 0x80) {
            add((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        return add((int) rest);
    }

    private void grow(int needed) {
        int wanted = Math.addExact(size, needed);
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(wanted, bytes.length * 2L)));
    }
}
