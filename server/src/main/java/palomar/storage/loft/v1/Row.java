package palomar.storage.loft.v1;

import palomar.mail.SystemFlags;

/// How one message's row lies in nine longs (72 bytes) of a larger array: the words of [Rows] and of the index
/// file.
///
///     0  uid (32) | saved date, seconds since 1970 (32)
///     1  mod-sequence (56) | state (8): the five system flags, expunged, dirty
///     2  keyword bits
///     3  LSN of the BODY frame
///     4  RFC822.SIZE (32) | weight (32): the row's share of the stored body, for compaction
///     5  internal date, milliseconds since 1970 (48, signed) | bytes of head (16)
///     6  GUID, high half
///     7  GUID, low half
///     8  LSN of the HEAD frame, 0 when there is no head
///
/// No object per message exists anywhere: everything reads and writes through these offsets.
final class Row {
    static final int WORDS = 9;
    static final int BYTES = WORDS * Long.BYTES;

    /// The message is gone; the row stays for those who have not heard of it.
    static final int EXPUNGED = 1 << 5;

    /// Changed since the index file was last written.
    static final int DIRTY = 1 << 6;

    /// Mod-sequences have 56 bits in a row: 2000 years at a million changes a second.
    static final long MAX_MOD_SEQ = (1L << 55) - 1;

    /// Messages are smaller than 4 GiB.
    static final long MAX_SIZE = 0xffff_ffffL;

    private static final long LOW_HALF = 0xffff_ffffL;

    private Row() {}

    static long uid(long[] words, int at) {
        return words[at] >>> 32;
    }

    static long savedSeconds(long[] words, int at) {
        return words[at] & LOW_HALF;
    }

    static int state(long[] words, int at) {
        return (int) words[at + 1] & 0xff;
    }

    static int system(long[] words, int at) {
        return (int) words[at + 1] & SystemFlags.ALL;
    }

    static boolean expunged(long[] words, int at) {
        return (words[at + 1] & EXPUNGED) != 0;
    }

    static long modSeq(long[] words, int at) {
        return words[at + 1] >>> 8;
    }

    static long keywords(long[] words, int at) {
        return words[at + 2];
    }

    static long body(long[] words, int at) {
        return words[at + 3];
    }

    static long size(long[] words, int at) {
        return words[at + 4] >>> 32;
    }

    static long weight(long[] words, int at) {
        return words[at + 4] & LOW_HALF;
    }

    static long internalMillis(long[] words, int at) {
        return words[at + 5] >> 16;
    }

    static int headLength(long[] words, int at) {
        return (int) words[at + 5] & 0xffff;
    }

    static long guidHigh(long[] words, int at) {
        return words[at + 6];
    }

    static long guidLow(long[] words, int at) {
        return words[at + 7];
    }

    static long head(long[] words, int at) {
        return words[at + 8];
    }

    static void identity(long[] words, int at, long uid, long savedSeconds) {
        words[at] = uid << 32 | savedSeconds & LOW_HALF;
    }

    /// Mod-sequence and state change in one store, so that no reader sees one without the other.
    static void modSeqAndState(long[] words, int at, long modSeq, int state) {
        words[at + 1] = modSeq << 8 | state & 0xff;
    }

    static void keywords(long[] words, int at, long bits) {
        words[at + 2] = bits;
    }

    static void places(long[] words, int at, long body, long head) {
        words[at + 3] = body;
        words[at + 8] = head;
    }

    static void sizes(long[] words, int at, long size, long weight) {
        words[at + 4] = size << 32 | Math.min(weight, LOW_HALF);
    }

    static void dates(long[] words, int at, long internalMillis, int headLength) {
        words[at + 5] = internalMillis << 16 | headLength & 0xffff;
    }

    static void guid(long[] words, int at, long high, long low) {
        words[at + 6] = high;
        words[at + 7] = low;
    }
}
