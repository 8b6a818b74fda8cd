package palomar.imap.order;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import palomar.message.Digest;

/// Texts of messages, each distinct one once, and how they are ordered.
///
/// @param texts the number of each row's text
/// @param ranks of each text among all
record TextColumn(Property.Text property, int[] uids, int[] texts, TextTable table, int[] ranks) implements Column {

    @Override
    public long key(int row) {
        return ranks[texts[row]];
    }

    @Override
    public long memory() {
        return 8L * uids.length + table.memory() + 4L * ranks.length;
    }

    /// Has this row no text, or an empty one?
    boolean isEmpty(int row) {
        return table.isEmpty(texts[row]);
    }

    @Override
    public Growing grow() {
        Growing growing = new Growing(property);
        growing.texts = texts;
        growing.count = texts.length;
        growing.table = table.copy();
        growing.ranks = ranks;
        return growing;
    }

    static final class Growing implements Column.Growing {
        private static final byte[] NOTHING = new byte[0];

        private final Property.Text property;
        private TextTable table = new TextTable();
        private int[] texts = new int[0];
        private int[] ranks = new int[0];
        private int count;

        Growing(Property.Text property) {
            this.property = property;
        }

        @Override
        public void add(long arrived, @Nullable Digest digest) {
            if (count == texts.length) {
                texts = Arrays.copyOf(texts, count + (count >> 1) + 16);
            }
            texts[count++] = table.number(digest == null ? NOTHING : Texts.key(digest, property));
        }

        @Override
        public Column build(int[] uids) {
            return new TextColumn(property, uids, Arrays.copyOf(texts, count), table.trim(), rank());
        }

        /// Ranks of all texts, those that were ranked before being merged with the new ones.
        private int[] rank() {
            int before = ranks.length;
            int[] old = new int[before];
            for (int text = 0; text < before; text++) {
                old[ranks[text]] = text;
            }
            int[] added = table.sorted(before);
            int[] all = new int[table.count()];
            int at = 0;
            int i = 0;
            for (int rank = 0; rank < all.length; rank++) {
                boolean fromOld = i == added.length || at < before && table.compare(old[at], added[i]) < 0;
                all[fromOld ? old[at++] : added[i++]] = rank;
            }
            return all;
        }
    }
}
