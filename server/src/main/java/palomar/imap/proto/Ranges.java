package palomar.imap.proto;

import java.util.Arrays;
import palomar.mail.UidSet;

/// A sequence set as it was written: thousands of ranges, in any order, overlapping, reversed, with `*`.
/// Immutable.
///
/// One range is one `long`: 32 bits an end, zero for `*` (zero is no number of a message).
public final class Ranges implements Numbers {
    /// The largest number there is: 2^32-1.
    public static final long MAX = 0xffff_ffffL;

    private static final long STAR = 0;

    private final long[] packed;

    private Ranges(long[] packed) {
        this.packed = packed;
    }

    /// A single range, both ends 1 to 2^32-1, in any order.
    public static Ranges of(long from, long to) {
        return new Builder().add(from, to).build();
    }

    /// The same numbers, written in order.
    public static Ranges of(UidSet numbers) {
        Builder builder = new Builder();
        for (int run = 0; run < numbers.runs(); run++) {
            builder.add(numbers.first(run), numbers.last(run));
        }
        return builder.build();
    }

    /// How many ranges were written; a single number is a range.
    public int count() {
        return packed.length;
    }

    /// Does `*` occur?
    public boolean hasStar() {
        for (long range : packed) {
            if (from(range) == STAR || to(range) == STAR) {
                return true;
            }
        }
        return false;
    }

    /// Is each number larger than the one before, as lists of known UIDs must be? RFC 7162 3.2.5.2
    public boolean isAscending() {
        long last = 0;
        for (long range : packed) {
            if (from(range) <= last || to(range) < from(range)) {
                return false;
            }
            last = to(range);
        }
        return true;
    }

    /// The largest number named, `*` being `star`.
    public long largest(long star) {
        long largest = 0;
        for (long range : packed) {
            largest = Math.max(largest, Math.max(resolved(from(range), star), resolved(to(range), star)));
        }
        return largest;
    }

    /// Is `number` named, `*` being `star`? Looks at each range: for one number, not for a mailbox.
    public boolean contains(long number, long star) {
        for (long range : packed) {
            long a = resolved(from(range), star);
            long b = resolved(to(range), star);
            if (Math.min(a, b) <= number && number <= Math.max(a, b)) {
                return true;
            }
        }
        return false;
    }

    UidSet uids(long star) {
        UidSet.Builder builder = new UidSet.Builder();
        for (long range : packed) {
            long a = resolved(from(range), star);
            long b = resolved(to(range), star);
            // `*` where there is nothing (star 0) names nothing; the other end of its range still does.
            long first = Math.max(1, Math.min(a, b));
            long last = Math.max(a, b);
            if (first <= last) {
                builder.addRange(first, last);
            }
        }
        return builder.build();
    }

    SeqSet seqs(long exists) {
        UidSet.Builder builder = new UidSet.Builder();
        for (long range : packed) {
            long a = resolved(from(range), exists);
            long b = resolved(to(range), exists);
            long first = Math.min(a, b);
            long last = Math.min(exists, Math.max(a, b));
            if (first >= 1 && first <= last) {
                builder.addRange(first, last);
            }
        }
        return new SeqSet(builder.build());
    }

    private static long from(long range) {
        return range >>> 32;
    }

    private static long to(long range) {
        return range & MAX;
    }

    private static long resolved(long number, long star) {
        return number == STAR ? star : number;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranges ranges && Arrays.equals(packed, ranges.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    /// As the client wrote it, but `5:5` is `5`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (long range : packed) {
            if (!text.isEmpty()) {
                text.append(',');
            }
            append(text, from(range));
            if (from(range) != to(range)) {
                append(text.append(':'), to(range));
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long number) {
        if (number == STAR) {
            text.append('*');
        } else {
            text.append(number);
        }
    }

    /// Collects ranges as they are read. One thread.
    static final class Builder {
        private long[] packed = new long[4];
        private int count;

        /// Each end 1 to 2^32-1, or 0 for `*`.
        Builder add(long from, long to) {
            if (from < 0 || from > MAX || to < 0 || to > MAX) {
                throw new IllegalArgumentException("not a range of message numbers: " + from + ":" + to);
            }
            if (count == packed.length) {
                packed = Arrays.copyOf(packed, count * 2);
            }
            packed[count++] = from << 32 | to;
            return this;
        }

        Ranges build() {
            return new Ranges(Arrays.copyOf(packed, count));
        }
    }
}
