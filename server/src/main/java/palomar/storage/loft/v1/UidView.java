package palomar.storage.loft.v1;

import org.jspecify.annotations.Nullable;
import palomar.mail.UidSet;
import palomar.storage.MailboxView;

/// Live UIDs of one moment: the first `count` places of an array that later views share. New messages are written
/// behind `count`, which no older view reads; an expunge makes a new array.
final class UidView implements MailboxView {
    private final int[] uids;
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

    UidView(int[] uids, int count, long highestModSeq, long uidNext) {
        this(uids, count, highestModSeq, uidNext, new Known(UidSet.EMPTY, 0));
    }

    private UidView(int[] uids, int count, long highestModSeq, long uidNext, Known known) {
        this.uids = uids;
        this.count = count;
        this.highestModSeq = highestModSeq;
        this.uidNext = uidNext;
        this.known = known;
    }

    /// A later view, when no message went since this one.
    UidView later(int[] nowUids, int nowCount, long nowHighestModSeq, long nowUidNext) {
        Known shared = known;
        if (nowCount != count) {
            UidSet base = known.set;
            shared = base == null ? new Known(UidSet.EMPTY, 0) : new Known(base, count);
        }
        return new UidView(nowUids, nowCount, nowHighestModSeq, nowUidNext, shared);
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
        return Integer.toUnsignedLong(uids[seq - 1]);
    }

    @Override
    public int seq(long uid) {
        int seq = seqAtOrAfter(uid);
        return seq <= count && Integer.toUnsignedLong(uids[seq - 1]) == uid ? seq : 0;
    }

    @Override
    public int seqAtOrAfter(long uid) {
        if (count == 0 || Integer.toUnsignedLong(uids[count - 1]) < uid) {
            return count + 1;
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
                int end = at + 1;
                while (end < count && uids[end] == uids[end - 1] + 1) {
                    end++;
                }
                builder.addRange(Integer.toUnsignedLong(uids[at]), Integer.toUnsignedLong(uids[end - 1]));
                at = end;
            }
            there = builder.build();
            known.set = there;
        }
        return there;
    }
}
