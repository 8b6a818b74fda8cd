package palomar.imap.order;

import java.util.Arrays;

/// Numbers different hashes from 0 in the order in which they come. One thread.
final class IdTable {
    private long[] hashes;
    private int count;
    private int[] slots;

    /// @param known those that have numbers already; copied
    IdTable(long... known) {
        hashes = Arrays.copyOf(known, known.length + 16);
        count = known.length;
        slots = new int[Integer.highestOneBit(Math.max(16, known.length)) * 4];
        for (int id = 0; id < count; id++) {
            slots[slot(hashes[id])] = id + 1;
        }
    }

    int number(long hash) {
        int slot = slot(hash);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count + (count >> 1));
        }
        hashes[count] = hash;
        slots[slot] = ++count;
        if (count > slots.length / 2) {
            slots = new int[slots.length * 2];
            for (int id = 0; id < count; id++) {
                slots[slot(hashes[id])] = id + 1;
            }
        }
        return count - 1;
    }

    /// The slot of a hash, or the free one where it belongs.
    private int slot(long hash) {
        int slot = (int) (hash ^ hash >>> 32) & slots.length - 1;
        while (slots[slot] != 0 && hashes[slots[slot] - 1] != hash) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    long[] hashes() {
        return Arrays.copyOf(hashes, count);
    }
}
