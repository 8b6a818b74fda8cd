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
    private @Nullable UidSet set;

    UidView(int[] uids, int count, long highestModSeq, long uidNext) {
        this.uids = uids;
        this.count = count;
        this.highestModSeq = highestModSeq;
        this.uidNext = uidNext;
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
        UidSet known = set;
        if (known == null) {
            UidSet.Builder builder = new UidSet.Builder();
            int at = 0;
            while (at < count) {
                int end = at + 1;
                while (end < count && uids[end] == uids[end - 1] + 1) {
                    end++;
                }
                builder.addRange(Integer.toUnsignedLong(uids[at]), Integer.toUnsignedLong(uids[end - 1]));
                at = end;
            }
            known = builder.build();
            set = known;
        }
        return known;
    }
}
