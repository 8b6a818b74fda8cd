package palomar.config;

import java.util.Optional;

/// An amount of bytes, written `512`, `64KiB`, `10MiB`, `2GiB` (powers of 1024).
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final String[] UNITS = {"GiB", "MiB", "KiB", "B"};

    public static ByteSize ofMebibytes(long count) {
        return new ByteSize(count << 20);
    }

    /// Empty: not a size.
    static Optional<ByteSize> parse(String text) {
        String digits = text;
        long factor = 1;
        for (int i = 0; i < UNITS.length; i++) {
            if (text.endsWith(UNITS[i])) {
                digits = text.substring(0, text.length() - UNITS[i].length());
                factor = 1L << (10 * (UNITS.length - 1 - i));
                break;
            }
        }
        long count = Digits.parse(digits);
        if (count < 0 || count > Long.MAX_VALUE / factor) {
            return Optional.empty();
        }
        return Optional.of(new ByteSize(count * factor));
    }

    /// An `int` for APIs that take one; larger sizes become the largest.
    public int asInt() {
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        for (int i = 0; i < UNITS.length - 1; i++) {
            long factor = 1L << (10 * (UNITS.length - 1 - i));
            if (bytes >= factor && bytes % factor == 0) {
                return bytes / factor + UNITS[i];
            }
        }
        return bytes + "B";
    }
}
