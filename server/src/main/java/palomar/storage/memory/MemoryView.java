package palomar.storage.memory;

import java.util.Arrays;
import palomar.mail.UidSet;
import palomar.storage.MailboxView;

/// Sorted UIDs of one moment.
record MemoryView(long[] sorted, long highestModSeq, long uidNext) implements MailboxView {
    @Override
    public int count() {
        return sorted.length;
    }

    @Override
    public long uid(int seq) {
        return sorted[seq - 1];
    }

    @Override
    public int seq(long uid) {
        return Math.max(0, Arrays.binarySearch(sorted, uid) + 1);
    }

    @Override
    public int seqAtOrAfter(long uid) {
        int found = Arrays.binarySearch(sorted, uid);
        return found >= 0 ? found + 1 : -found;
    }

    @Override
    public UidSet uids() {
        return UidSet.of(sorted);
    }
}
