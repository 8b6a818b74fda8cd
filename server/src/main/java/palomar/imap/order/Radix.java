package palomar.imap.order;

import java.util.Arrays;

/// Stable sorting of places by numbers, in time linear in their count.
final class Radix {
    private static final int BITS = 11;
    private static final int BUCKETS = 1 << BITS;

    private Radix() {}

    /// 0, 1, 2 and so on.
    static int[] places(int count) {
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[i] = i;
        }
        return places;
    }

    /// `order`, each a place in `keys`, by their keys from the smallest; equal ones stay as they stand. The array
    /// given may be overwritten.
    static int[] sort(int[] order, long[] keys) {
        if (isSorted(order, keys)) {
            return order;
        }
        long least = Long.MAX_VALUE;
        long largest = Long.MIN_VALUE;
        for (int place : order) {
            least = Math.min(least, keys[place]);
            largest = Math.max(largest, keys[place]);
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(largest - least);
        int[] from = order;
        int[] to = new int[order.length];
        int[] ends = new int[BUCKETS];
        for (int shift = 0; shift < bits; shift += BITS) {
            count(from, keys, least, shift, ends);
            for (int place : from) {
                to[ends[(int) (keys[place] - least >>> shift) & BUCKETS - 1]++] = place;
            }
            int[] spare = from;
            from = to;
            to = spare;
        }
        return from;
    }

    /// Where each bucket starts.
    private static void count(int[] order, long[] keys, long least, int shift, int[] starts) {
        Arrays.fill(starts, 0);
        for (int place : order) {
            starts[(int) (keys[place] - least >>> shift) & BUCKETS - 1]++;
        }
        int start = 0;
        for (int i = 0; i < BUCKETS; i++) {
            int size = starts[i];
            starts[i] = start;
            start += size;
        }
    }

    private static boolean isSorted(int[] order, long[] keys) {
        for (int i = 1; i < order.length; i++) {
            if (keys[order[i - 1]] > keys[order[i]]) {
                return false;
            }
        }
        return true;
    }
}
