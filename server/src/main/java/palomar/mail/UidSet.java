package palomar.mail;

import java.util.Arrays;
import java.util.PrimitiveIterator;

/// An immutable set of UIDs (1 to 2^32-1), kept as sorted runs that neither touch nor overlap.
public final class UidSet {
    public static final UidSet EMPTY = new UidSet(new long[0]);

    /// The largest UID there is. RFC 9051 2.3.1.1
    public static final long MAX_UID = 0xffff_ffffL;

    /// Every possible UID.
    public static final UidSet ALL = ofRange(1, MAX_UID);

    /// first, last, first, last, ...
    private final long[] bounds;

    private UidSet(long[] bounds) {
        this.bounds = bounds;
    }

    public static UidSet of(long... uids) {
        Builder builder = new Builder();
        for (long uid : uids) {
            builder.add(uid);
        }
        return builder.build();
    }

    /// Both ends included; empty when `first > last`.
    public static UidSet ofRange(long first, long last) {
        return first > last ? EMPTY : new Builder().addRange(first, last).build();
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    public int runs() {
        return bounds.length / 2;
    }

    public long first(int run) {
        return bounds[2 * run];
    }

    public long last(int run) {
        return bounds[2 * run + 1];
    }

    /// How many UIDs are in the set.
    public long size() {
        long size = 0;
        for (int run = 0; run < runs(); run++) {
            size += last(run) - first(run) + 1;
        }
        return size;
    }

    public boolean contains(long uid) {
        int run = runAtOrAfter(uid);
        return run < runs() && first(run) <= uid;
    }

    /// The first run whose last UID is not below `uid`; [#runs()] when there is none.
    public int runAtOrAfter(long uid) {
        int low = 0;
        int high = runs();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (last(middle) < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    public UidSet intersect(UidSet other) {
        Builder builder = new Builder();
        int mine = 0;
        int theirs = 0;
        while (mine < runs() && theirs < other.runs()) {
            long from = Math.max(first(mine), other.first(theirs));
            long to = Math.min(last(mine), other.last(theirs));
            if (from <= to) {
                builder.addRange(from, to);
            }
            if (last(mine) < other.last(theirs)) {
                mine++;
            } else {
                theirs++;
            }
        }
        return builder.build();
    }

    public UidSet union(UidSet other) {
        return new Builder().addAll(this).addAll(other).build();
    }

    public UidSet minus(UidSet other) {
        Builder builder = new Builder();
        for (int run = 0; run < runs(); run++) {
            long from = first(run);
            for (int theirs = other.runAtOrAfter(from);
                    theirs < other.runs() && other.first(theirs) <= last(run);
                    theirs++) {
                if (other.first(theirs) > from) {
                    builder.addRange(from, other.first(theirs) - 1);
                }
                from = other.last(theirs) + 1;
            }
            if (from <= last(run)) {
                builder.addRange(from, last(run));
            }
        }
        return builder.build();
    }

    /// The last `count` of them.
    public UidSet highest(long count) {
        long left = count;
        for (int run = runs() - 1; run >= 0; run--) {
            long length = last(run) - first(run) + 1;
            if (length >= left) {
                return left == 0 ? EMPTY : intersect(ofRange(last(run) - left + 1, MAX_UID));
            }
            left -= length;
        }
        return this;
    }

    /// All UIDs in ascending order.
    public PrimitiveIterator.OfLong iterator() {
        return new PrimitiveIterator.OfLong() {
            private int run;
            private long next = isEmpty() ? 0 : first(0);

            @Override
            public boolean hasNext() {
                return run < runs();
            }

            @Override
            public long nextLong() {
                if (run >= runs()) {
                    throw new java.util.NoSuchElementException();
                }
                long uid = next;
                if (uid == last(run)) {
                    run++;
                    next = run < runs() ? first(run) : 0;
                } else {
                    next++;
                }
                return uid;
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UidSet set && Arrays.equals(bounds, set.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    /// In wire form, `1:3,5`; empty for the empty set, which the grammar can't express.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int run = 0; run < runs(); run++) {
            if (run > 0) {
                text.append(',');
            }
            text.append(first(run));
            if (last(run) != first(run)) {
                text.append(':').append(last(run));
            }
        }
        return text.toString();
    }

    /// Collects UIDs in any order; ascending order is cheapest. One thread; [#build()] may be called once.
    public static final class Builder {
        private long[] bounds = new long[8];
        private int used;
        private boolean sorted = true;

        public Builder add(long uid) {
            // Mostly the next one, often a hundred thousand times.
            if (used > 0 && sorted && uid == bounds[used - 1] + 1 && uid <= MAX_UID) {
                bounds[used - 1] = uid;
                return this;
            }
            return addRange(uid, uid);
        }

        public Builder addRange(long first, long last) {
            if (first < 1 || last > MAX_UID || first > last) {
                throw new IllegalArgumentException("not a range of UIDs: " + first + ":" + last);
            }
            if (used > 0 && sorted) {
                long previousFirst = bounds[used - 2];
                long previousLast = bounds[used - 1];
                if (first >= previousFirst && first <= previousLast + 1) {
                    bounds[used - 1] = Math.max(previousLast, last);
                    return this;
                }
                sorted = first > previousLast;
            }
            if (used == bounds.length) {
                bounds = Arrays.copyOf(bounds, used * 2);
            }
            bounds[used++] = first;
            bounds[used++] = last;
            return this;
        }

        public Builder addAll(UidSet set) {
            for (int run = 0; run < set.runs(); run++) {
                addRange(set.first(run), set.last(run));
            }
            return this;
        }

        public UidSet build() {
            if (used == 0) {
                return EMPTY;
            }
            if (!sorted) {
                sortAndMerge();
            }
            return new UidSet(Arrays.copyOf(bounds, used));
        }

        private void sortAndMerge() {
            // A run fits one long by its first UID and an index is not needed: both ends have 32 bits.
            long[] packed = new long[used / 2];
            for (int i = 0; i < packed.length; i++) {
                packed[i] = (bounds[2 * i] << 32 | bounds[2 * i + 1]) ^ Long.MIN_VALUE;
            }
            Arrays.sort(packed);
            used = 0;
            sorted = true;
            for (long run : packed) {
                long value = run ^ Long.MIN_VALUE;
                addRange(value >>> 32, value & MAX_UID);
            }
        }
    }
}
