package palomar.storage.loft.v1;

import java.util.Arrays;
import palomar.mail.UidSet;

/// Which UIDs were expunged at which mod-sequence, for QRESYNC (RFC 7162 3.2.5.2): runs in mod-sequence order, the
/// oldest dropped when more than [#LIMIT] messages are remembered.
///
/// Not safe for threads: [LoadedBox] guards it.
final class Vanished {
    /// Expunged messages that are remembered at least.
    static final long LIMIT = 100_000;

    private long[] modSeqs = {};
    private int[] firsts = {};
    private int[] lasts = {};
    private int start;
    private int end;
    private long messages;
    private long floor;

    /// Changes at or below this mod-sequence may be missing.
    long floor() {
        return floor;
    }

    int runs() {
        return end - start;
    }

    long modSeq(int run) {
        return modSeqs[start + run];
    }

    long first(int run) {
        return Integer.toUnsignedLong(firsts[start + run]);
    }

    long last(int run) {
        return Integer.toUnsignedLong(lasts[start + run]);
    }

    /// Forgets all, and knows from now on only what comes after `modSeq`.
    void reset(long modSeq) {
        start = 0;
        end = 0;
        messages = 0;
        floor = modSeq;
    }

    /// Remembers an expunge; one that is known already (a record applied twice) is passed over. Compaction may
    /// write an old one again, behind newer ones.
    void add(UidSet uids, long modSeq) {
        if (modSeq <= floor) {
            return;
        }
        if (end > start && modSeq <= modSeqs[end - 1]) {
            insert(uids, modSeq);
            return;
        }
        for (int run = 0; run < uids.runs(); run++) {
            add(uids.first(run), uids.last(run), modSeq);
        }
        trim();
    }

    private void insert(UidSet uids, long modSeq) {
        int place = firstAfter(modSeq);
        if (place > start && modSeqs[place - 1] == modSeq) {
            return;
        }
        Vanished newer = new Vanished();
        for (int run = place; run < end; run++) {
            newer.add(Integer.toUnsignedLong(firsts[run]), Integer.toUnsignedLong(lasts[run]), modSeqs[run]);
        }
        messages -= newer.messages;
        end = place;
        for (int run = 0; run < uids.runs(); run++) {
            add(uids.first(run), uids.last(run), modSeq);
        }
        for (int run = 0; run < newer.runs(); run++) {
            add(newer.first(run), newer.last(run), newer.modSeq(run));
        }
        trim();
    }

    /// The first place whose mod-sequence is above `modSeq`.
    private int firstAfter(long modSeq) {
        int low = start;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (modSeqs[middle] <= modSeq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void add(long first, long last, long modSeq) {
        if (end == modSeqs.length) {
            makeRoom();
        }
        modSeqs[end] = modSeq;
        firsts[end] = (int) first;
        lasts[end] = (int) last;
        end++;
        messages += last - first + 1;
    }

    private void makeRoom() {
        int size = runs();
        if (start > size) {
            System.arraycopy(modSeqs, start, modSeqs, 0, size);
            System.arraycopy(firsts, start, firsts, 0, size);
            System.arraycopy(lasts, start, lasts, 0, size);
            start = 0;
            end = size;
            return;
        }
        int capacity = end + Math.max(4, end >> 1);
        modSeqs = Arrays.copyOf(modSeqs, capacity);
        firsts = Arrays.copyOf(firsts, capacity);
        lasts = Arrays.copyOf(lasts, capacity);
    }

    /// Drops whole expunges from the old end while more than the limit would remain without them.
    void trim() {
        while (start < end) {
            long modSeq = modSeqs[start];
            int next = start;
            long dropped = 0;
            while (next < end && modSeqs[next] == modSeq) {
                dropped += Integer.toUnsignedLong(lasts[next]) - Integer.toUnsignedLong(firsts[next]) + 1;
                next++;
            }
            if (messages - dropped < LIMIT) {
                return;
            }
            start = next;
            messages -= dropped;
            floor = modSeq;
        }
    }

    /// True when all expunges after `modSeq` are known.
    boolean reaches(long modSeq) {
        return modSeq >= floor;
    }

    /// What was expunged after `modSeq`.
    UidSet since(long modSeq) {
        int low = firstAfter(modSeq);
        UidSet.Builder builder = new UidSet.Builder();
        for (int run = low; run < end; run++) {
            builder.addRange(Integer.toUnsignedLong(firsts[run]), Integer.toUnsignedLong(lasts[run]));
        }
        return builder.build();
    }

    /// The newest mod-sequence remembered, or where the history begins.
    long newest() {
        return end > start ? modSeqs[end - 1] : floor;
    }

    /// Runs after `modSeq` for the index file, two longs each: the mod-sequence; first UID in the low half of the
    /// second, last UID in the high half.
    long[] runsAfter(long modSeq) {
        int from = start;
        while (from < end && modSeqs[from] <= modSeq) {
            from++;
        }
        long[] runs = new long[2 * (end - from)];
        for (int run = from; run < end; run++) {
            runs[2 * (run - from)] = modSeqs[run];
            runs[2 * (run - from) + 1] = Integer.toUnsignedLong(firsts[run]) | (long) lasts[run] << 32;
        }
        return runs;
    }
}
