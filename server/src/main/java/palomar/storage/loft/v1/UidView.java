package palomar.storage.loft.v1;

import org.jspecify.annotations.Nullable;
import palomar.mail.UidSet;
import palomar.storage.MailboxView;

/// Live UIDs of one moment: the first `count` places of an array that later views share. New messages are written
/// behind `count`, which no older view reads; an expunge makes a new array. Without an array ([LiveUids#NONE]) the
/// UIDs have no holes.
final class UidView implements MailboxView {
    private final int[] uids;
    private final int first;
    private final int count;
    private final long highestModSeq;
    private final long uidNext;
    private final Known known;

    /// The UIDs as a set, once somebody has asked; shared by views between which no message came or went.
    private static final class Known {
        /// The set of an older view with the first `baseCount` of the UIDs.
        final UidSet base;

        final int baseCount;
        volatile @Nullable UidSet set;

        Known(UidSet base, int baseCount) {
            this.base = base;
            this.baseCount = baseCount;
        }
    }

    UidView(int[] uids, int first, int count, long highestModSeq, long uidNext) {
        this(uids, first, count, highestModSeq, uidNext, new Known(UidSet.EMPTY, 0));
    }

    private UidView(int[] uids, int first, int count, long highestModSeq, long uidNext, Known known) {
        this.uids = uids;
        this.first = first;
        this.count = count;
        this.highestModSeq = highestModSeq;
        this.uidNext = uidNext;
        this.known = known;
    }

    /// A later view, when no message went since this one.
    UidView later(int[] nowUids, int nowFirst, int nowCount, long nowHighestModSeq, long nowUidNext) {
        Known shared = known;
        if (nowCount != count) {
            UidSet base = known.set;
            shared = base == null ? new Known(UidSet.EMPTY, 0) : new Known(base, count);
        }
        return new UidView(nowUids, nowFirst, nowCount, nowHighestModSeq, nowUidNext, shared);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long uid(int seq) {
        if (seq < 1 || seq > count) {
            throw new IndexOutOfBoundsException("sequence number " + seq + " of " + count);
        }
        return at(seq - 1);
    }

    private long at(int place) {
        return Integer.toUnsignedLong(uids == LiveUids.NONE ? first + place : uids[place]);
    }

    @Override
    public int seq(long uid) {
        int seq = seqAtOrAfter(uid);
        return seq <= count && at(seq - 1) == uid ? seq : 0;
    }

    @Override
    public int seqAtOrAfter(long uid) {
        if (count == 0 || at(count - 1) < uid) {
            return count + 1;
        }
        if (uids == LiveUids.NONE) {
            return (int) Math.max(uid - at(0), 0) + 1;
        }
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.toUnsignedLong(uids[middle]) < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low + 1;
    }

    @Override
    public long highestModSeq() {
        return highestModSeq;
    }

    @Override
    public long uidNext() {
        return uidNext;
    }

    @Override
    public UidSet uids() {
        UidSet there = known.set;
        if (there == null) {
            UidSet.Builder builder = new UidSet.Builder();
            builder.addAll(known.base);
            int at = known.baseCount;
            while (at < count) {
                int end = runEnd(at);
                builder.addRange(at(at), at(end - 1));
                at = end;
            }
            there = builder.build();
            known.set = there;
        }
        return there;
    }

    /// Behind the last of the UIDs that follow the one at `from` without a hole; in steps that double, because a
    /// run may be all there are.
    private int runEnd(int from) {
        int low = from + 1;
        int step = 1;
        while (low < count && isRun(from, Math.min(count, low + step))) {
            low = Math.min(count, low + step);
            step *= 2;
        }
        int high = Math.min(count, low + step);
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (isRun(from, middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private boolean isRun(int from, int end) {
        return at(end - 1) - at(from) == end - 1 - from;
    }
}
