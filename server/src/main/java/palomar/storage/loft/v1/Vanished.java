package palomar.storage.loft.v1;

import java.util.Arrays;
import palomar.mail.UidSet;

/// Which UIDs were expunged at which mod-sequence, for QRESYNC (RFC 7162 3.2.5.2): runs in mod-sequence order. The
/// oldest are dropped when they are neither among the newest changes nor young enough ([Retention]), and in any
/// case beyond [#MOST_ENTRIES], so that no mailbox takes more than 16 MB for it.
///
/// Between the runs stand marks: entries with first UID 0 whose "last UID" is the hour, since 1970, of what
/// follows.
///
/// Not safe for threads: [LoadedBox] guards it.
final class Vanished {
    static final int MOST_ENTRIES = 1_000_000;

    private static final int SECONDS = 3600;
    private static final int HOURS_OF_DAY = 24;

    private final Retention retention;
    private long[] modSeqs = {};
    private int[] firsts = {};
    private int[] lasts = {};
    private int start;
    private int end;
    private long messages;
    private long floor;

    /// The hour of the oldest entry, and of the newest.
    private int startHour;

    private int endHour;

    Vanished(Retention retention) {
        this.retention = retention;
    }

    /// Changes at or below this mod-sequence may be missing.
    long floor() {
        return floor;
    }

    /// Entries, for the memory they take.
    int entries() {
        return end - start;
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
    ///
    /// @param seconds when it happened, since 1970; 0 when that is not known
    void add(UidSet uids, long modSeq, long seconds) {
        if (modSeq <= floor) {
            return;
        }
        int hour = (int) Math.min(seconds / SECONDS, Integer.MAX_VALUE);
        if (end > start && modSeq <= modSeqs[end - 1]) {
            insert(uids, modSeq, hour);
            return;
        }
        append(uids, modSeq, hour);
        trim();
    }

    private void append(UidSet uids, long modSeq, int hour) {
        for (int run = 0; run < uids.runs(); run++) {
            append(uids.first(run), uids.last(run), modSeq, hour);
        }
    }

    private void insert(UidSet uids, long modSeq, int hour) {
        int place = firstAfter(modSeq);
        if (place > start && modSeqs[place - 1] == modSeq) {
            return;
        }
        int count = end - place;
        long[] newerModSeqs = Arrays.copyOfRange(modSeqs, place, end);
        int[] newerFirsts = Arrays.copyOfRange(firsts, place, end);
        int[] newerLasts = Arrays.copyOfRange(lasts, place, end);
        int newerHour = hourBefore(place);
        endHour = newerHour;
        for (int i = 0; i < count; i++) {
            messages -= newerFirsts[i] == 0 ? 0 : size(newerFirsts[i], newerLasts[i]);
        }
        end = place;
        append(uids, modSeq, hour);
        for (int i = 0; i < count; i++) {
            if (newerFirsts[i] == 0) {
                newerHour = newerLasts[i];
            } else {
                long first = Integer.toUnsignedLong(newerFirsts[i]);
                append(first, Integer.toUnsignedLong(newerLasts[i]), newerModSeqs[i], newerHour);
            }
        }
        trim();
    }

    private static long size(int first, int last) {
        return Integer.toUnsignedLong(last) - Integer.toUnsignedLong(first) + 1;
    }

    /// The hour that is in force before a place.
    private int hourBefore(int place) {
        int at = place - 1;
        while (at >= start && firsts[at] != 0) {
            at--;
        }
        return at < start ? startHour : lasts[at];
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

    private void append(long first, long last, long modSeq, int hour) {
        if (end == start) {
            startHour = hour;
            endHour = hour;
        }
        if (hour != endHour) {
            put(modSeq, 0, hour);
            endHour = hour;
        }
        put(modSeq, (int) first, (int) last);
        messages += last - first + 1;
    }

    /// An entry from the index file: a run, or a mark.
    void addStored(long first, long last, long modSeq) {
        if (first != 0) {
            append(first, last, modSeq, endHour);
            return;
        }
        if (end == start) {
            startHour = (int) last;
        } else if (endHour != (int) last) {
            put(modSeq, 0, (int) last);
        }
        endHour = (int) last;
    }

    private void put(long modSeq, int first, int last) {
        if (end == modSeqs.length) {
            makeRoom();
        }
        modSeqs[end] = modSeq;
        firsts[end] = first;
        lasts[end] = last;
        end++;
    }

    private void makeRoom() {
        int size = entries();
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

    /// Drops whole expunges from the old end, as far as they need not be remembered.
    void trim() {
        while (start < end) {
            int hour = firsts[start] == 0 ? lasts[start] : startHour;
            boolean old = hour + (long) retention.days() * HOURS_OF_DAY < endHour;
            boolean spare = old && messages > retention.changes();
            if (!spare && entries() <= MOST_ENTRIES) {
                return;
            }
            long modSeq = modSeqs[start];
            int next = start;
            long dropped = 0;
            while (next < end && modSeqs[next] == modSeq) {
                dropped += firsts[next] == 0 ? 0 : size(firsts[next], lasts[next]);
                next++;
            }
            if (messages - dropped < retention.changes() && entries() <= MOST_ENTRIES) {
                return;
            }
            start = next;
            startHour = hour;
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
            if (firsts[run] == 0) {
                continue;
            }
            builder.addRange(Integer.toUnsignedLong(firsts[run]), Integer.toUnsignedLong(lasts[run]));
        }
        return builder.build();
    }

    /// The newest mod-sequence remembered, or where the history begins.
    long newest() {
        return end > start ? modSeqs[end - 1] : floor;
    }

    /// Entries after `modSeq` for the index file, two longs each: the mod-sequence; first UID in the low half of
    /// the second, last UID in the high half. The first is a mark.
    long[] runsAfter(long modSeq) {
        int from = firstAfter(modSeq);
        if (from == end) {
            return new long[0];
        }
        boolean marked = firsts[from] == 0;
        int before = marked ? 0 : 1;
        long[] runs = new long[2 * (before + end - from)];
        if (!marked) {
            runs[0] = modSeqs[from];
            runs[1] = (long) hourBefore(from) << 32;
        }
        for (int run = from; run < end; run++) {
            int at = 2 * (before + run - from);
            runs[at] = modSeqs[run];
            runs[at + 1] = Integer.toUnsignedLong(firsts[run]) | (long) lasts[run] << 32;
        }
        return runs;
    }
}
