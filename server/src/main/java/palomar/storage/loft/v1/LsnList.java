package palomar.storage.loft.v1;

import java.util.Arrays;

/// Ascending log positions packed as varint differences: the frames of a mailbox that its index file does not
/// contain. Three to five bytes each, because a server has one such list for each of its mailboxes.
///
/// Not safe for threads: the catalog guards it.
final class LsnList {
    private static final byte[] NOTHING = {};

    private byte[] packed = NOTHING;
    private int used;
    private int count;
    private long last;

    int count() {
        return count;
    }

    long last() {
        return last;
    }

    void add(long lsn) {
        if (count > 0 && lsn <= last) {
            throw new IllegalStateException("log position " + lsn + " after " + last);
        }
        if (packed.length - used < 10) {
            packed = Arrays.copyOf(packed, used + Math.max(10, used >> 1));
        }
        long rest = lsn - (count == 0 ? 0 : last);
        while (rest > 0x7f) {
            packed[used++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        packed[used++] = (byte) rest;
        count++;
        last = lsn;
    }

    long[] toArray() {
        long[] lsns = new long[count];
        int at = 0;
        long value = 0;
        for (int i = 0; i < count; i++) {
            long difference = 0;
            int shift = 0;
            byte b;
            do {
                b = packed[at++];
                difference |= (long) (b & 0x7f) << shift;
                shift += 7;
            } while (b < 0);
            value += difference;
            lsns[i] = value;
        }
        return lsns;
    }

    /// Forgets positions at or below `lsn`.
    void dropThrough(long lsn) {
        drop(0, lsn + 1);
    }

    /// Forgets positions from `from` on and below `to`.
    void drop(long from, long to) {
        if (count == 0) {
            return;
        }
        long[] all = toArray();
        packed = NOTHING;
        used = 0;
        count = 0;
        last = 0;
        for (long position : all) {
            if (position < from || position >= to) {
                add(position);
            }
        }
    }

    void pack(Packer to) {
        to.number(count).number(last).number(used).bytes(packed, 0, used);
    }

    void unpack(Unpacker from) {
        count = from.count(Integer.MAX_VALUE);
        last = from.number();
        used = from.count(Integer.MAX_VALUE);
        packed = used == 0 ? NOTHING : from.bytes(used);
    }
}
