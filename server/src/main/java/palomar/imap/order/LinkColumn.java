package palomar.imap.order;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.message.BaseSubject;
import palomar.message.Digest;

/// What messages say of their place in a conversation. RFC 5256 3 (REFERENCES)
///
/// Message ids are numbered from 0; two ids are the same when their hashes of 64 bits are.
///
/// @param own the number of each message's own id; -1 when it has none
/// @param ends where the references of each row end in `references`
/// @param replies rows whose subject says that they are replies or forwards
/// @param ids hash of each id
record LinkColumn(int[] uids, int[] own, int[] ends, int[] references, BitSet replies, long[] ids) implements Column {
    /// References of one message that count: the first one and the last ones. The rest is in those messages.
    static final int MOST = 100;

    /// Rows have no order by this.
    @Override
    public long key(int row) {
        return 0;
    }

    @Override
    public long memory() {
        return 12L * uids.length + uids.length / 8 + 4L * references.length + 8L * ids.length;
    }

    @Override
    public Growing grow() {
        Growing growing = new Growing(new IdTable(ids));
        growing.own = own;
        growing.ends = ends;
        growing.references = references;
        growing.count = own.length;
        growing.replies.or(replies);
        return growing;
    }

    static final class Growing implements Column.Growing {
        private final IdTable ids;
        private final BitSet replies = new BitSet();
        private int[] own = new int[0];
        private int[] ends = new int[0];
        private int[] references = new int[0];
        private int count;

        Growing(IdTable ids) {
            this.ids = ids;
        }

        @Override
        public void add(long arrived, @Nullable Digest digest) {
            if (count == own.length || count == ends.length) {
                own = Arrays.copyOf(own, count + (count >> 1) + 16);
                ends = Arrays.copyOf(ends, own.length);
            }
            String id = digest == null ? "" : digest.messageId();
            own[count] = id.isEmpty() ? -1 : number(id);
            ends[count] = references(digest == null ? List.of() : digest.references());
            replies.set(count, digest != null && BaseSubject.isReply(digest.subject()));
            count++;
        }

        private int number(String id) {
            byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
            return ids.number(Hash.of(bytes, 0, bytes.length));
        }

        private int references(List<String> said) {
            int end = count == 0 ? 0 : ends[count - 1];
            int most = Math.min(said.size(), MOST);
            if (references.length < end + most) {
                references = Arrays.copyOf(references, end + most + (end >> 1) + 16);
            }
            int skipped = said.size() - most;
            for (int i = 0; i < most; i++) {
                references[end++] = number(said.get(i == 0 ? 0 : i + skipped));
            }
            return end;
        }

        @Override
        public Column build(int[] uids) {
            int end = count == 0 ? 0 : ends[count - 1];
            return new LinkColumn(
                    uids,
                    Arrays.copyOf(own, count),
                    Arrays.copyOf(ends, count),
                    Arrays.copyOf(references, end),
                    replies,
                    ids.hashes());
        }
    }
}
