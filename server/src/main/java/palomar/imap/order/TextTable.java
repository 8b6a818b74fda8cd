package palomar.imap.order;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Different texts, numbered from 0 in the order in which they came, packed one behind the other. One thread; a
/// copy goes on by itself.
final class TextTable {
    /// Bytes of one text that take part in the order. A longer one keeps so many and a hash of the whole, so that
    /// it stays different from others; 100,000 texts can't take more than 20 MB.
    static final int LONGEST = 200;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] pool;
    private int[] ends;
    private int count;
    private int[] slots;

    TextTable() {
        pool = new byte[256];
        ends = new int[16];
        slots = new int[64];
    }

    private TextTable(TextTable other) {
        pool = other.pool.clone();
        ends = other.ends.clone();
        count = other.count;
        slots = other.slots.clone();
    }

    TextTable copy() {
        return new TextTable(this);
    }

    int count() {
        return count;
    }

    long memory() {
        return pool.length + 4L * ends.length + 4L * slots.length;
    }

    /// Gives back what is reserved for more.
    TextTable trim() {
        pool = Arrays.copyOf(pool, used());
        ends = Arrays.copyOf(ends, count);
        return this;
    }

    private int used() {
        return count == 0 ? 0 : ends[count - 1];
    }

    private int start(int text) {
        return text == 0 ? 0 : ends[text - 1];
    }

    boolean isEmpty(int text) {
        return start(text) == ends[text];
    }

    /// The number of a text, a new one if it is new.
    int number(byte[] text) {
        byte[] kept = text;
        if (text.length > LONGEST) {
            kept = Arrays.copyOf(text, LONGEST + Long.BYTES);
            LONGS.set(kept, LONGEST, Hash.of(text, 0, text.length));
        }
        int slot = (int) Hash.of(kept, 0, kept.length) & slots.length - 1;
        while (slots[slot] != 0) {
            int known = slots[slot] - 1;
            if (Arrays.equals(pool, start(known), ends[known], kept, 0, kept.length)) {
                return known;
            }
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = count + 1;
        return add(kept);
    }

    private int add(byte[] text) {
        int used = used();
        if (pool.length < used + text.length) {
            pool = Arrays.copyOf(pool, Math.max(used + text.length, pool.length + (pool.length >> 1)));
        }
        if (ends.length == count) {
            ends = Arrays.copyOf(ends, count + (count >> 1) + 16);
        }
        System.arraycopy(text, 0, pool, used, text.length);
        ends[count] = used + text.length;
        count++;
        if (count > slots.length / 2) {
            moreSlots();
        }
        return count - 1;
    }

    private void moreSlots() {
        int[] larger = new int[slots.length * 2];
        for (int text = 0; text < count; text++) {
            int slot = (int) Hash.of(pool, start(text), ends[text]) & larger.length - 1;
            while (larger[slot] != 0) {
                slot = slot + 1 & larger.length - 1;
            }
            larger[slot] = text + 1;
        }
        slots = larger;
    }

    /// The texts from number `first` on, by their bytes.
    int[] sorted(int first) {
        long[] starts = new long[count];
        for (int text = first; text < count; text++) {
            starts[text] = prefix(text);
        }
        int[] order = Radix.places(count - first);
        for (int i = 0; i < order.length; i++) {
            order[i] += first;
        }
        order = Radix.sort(order, starts);
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && starts[order[to]] == starts[order[from]]) {
                to++;
            }
            if (to - from > 1) {
                mergeSort(order, from, to);
            }
            from = to;
        }
        return order;
    }

    /// The first eight bytes as a signed number of the same order.
    private long prefix(int text) {
        int at = start(text);
        int end = ends[text];
        if (at + Long.BYTES <= end) {
            return (long) LONGS.get(pool, at) ^ Long.MIN_VALUE;
        }
        long prefix = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            prefix = prefix << 8 | (at + i < end ? pool[at + i] & 0xff : 0);
        }
        return prefix ^ Long.MIN_VALUE;
    }

    private void mergeSort(int[] order, int from, int to) {
        int[] spare = new int[to - from];
        for (int width = 1; width < to - from; width *= 2) {
            for (int left = from; left + width < to; left += 2 * width) {
                int middle = left + width;
                int right = Math.min(to, middle + width);
                if (compare(order[middle - 1], order[middle]) <= 0) {
                    continue;
                }
                int size = middle - left;
                System.arraycopy(order, left, spare, 0, size);
                merge(spare, size, order, middle, right, left);
            }
        }
    }

    /// Merges `left[0, size)` and `order[at, end)` into `order` from `target`.
    private void merge(int[] left, int size, int[] order, int start, int end, int target) {
        int i = 0;
        int at = start;
        int to = target;
        while (i < size) {
            order[to++] = at < end && compare(left[i], order[at]) > 0 ? order[at++] : left[i++];
        }
    }

    int compare(int one, int other) {
        return Arrays.compareUnsigned(pool, start(one), ends[one], pool, start(other), ends[other]);
    }
}
