package palomar.imap.order;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import palomar.message.Digest;

/// Sent dates in seconds since 1970. RFC 5256 2.2
record NumberColumn(int[] uids, long[] values) implements Column {

    @Override
    public long key(int row) {
        return values[row];
    }

    @Override
    public long memory() {
        return 12L * uids.length;
    }

    @Override
    public Growing grow() {
        Growing growing = new Growing();
        growing.values = values;
        growing.count = values.length;
        return growing;
    }

    static final class Growing implements Column.Growing {
        private long[] values = new long[0];
        private int count;

        @Override
        public void add(long arrived, @Nullable Digest digest) {
            if (count == values.length) {
                values = Arrays.copyOf(values, count + (count >> 1) + 16);
            }
            long sent = digest == null ? Digest.NO_DATE : digest.sentSeconds();
            values[count++] = sent == Digest.NO_DATE ? arrived : sent;
        }

        @Override
        public Column build(int[] uids) {
            return new NumberColumn(uids, Arrays.copyOf(values, count));
        }
    }
}
