package palomar.storage.loft.v1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Mailboxes by id: open addressing over two arrays, a quarter of what a map of boxed numbers takes. Safe for many
/// threads.
final class BoxMap {
    private @Nullable Box[] table = new Box[64];
    private int size;

    private int slot(@Nullable Box[] in, long id) {
        int at = (int) (id * 0x9e3779b97f4a7c15L >>> 32) & in.length - 1;
        while (true) {
            Box there = in[at];
            if (there == null || there.id == id) {
                return at;
            }
            at = at + 1 & in.length - 1;
        }
    }

    synchronized @Nullable Box get(long id) {
        return table[slot(table, id)];
    }

    synchronized void put(Box box) {
        if (4 * size > 2 * table.length) {
            @Nullable Box[] larger = new Box[2 * table.length];
            for (Box there : table) {
                if (there != null) {
                    larger[slot(larger, there.id)] = there;
                }
            }
            table = larger;
        }
        int at = slot(table, box.id);
        size += table[at] == null ? 1 : 0;
        table[at] = box;
    }

    synchronized void remove(long id) {
        int at = slot(table, id);
        if (table[at] == null) {
            return;
        }
        table[at] = null;
        size--;
        // Those that had to step aside for it move up.
        for (int next = at + 1 & table.length - 1; table[next] != null; next = next + 1 & table.length - 1) {
            Box moved = table[next];
            if (moved != null) {
                table[next] = null;
                table[slot(table, moved.id)] = moved;
            }
        }
    }

    synchronized int size() {
        return size;
    }

    synchronized List<Box> all() {
        List<Box> all = new ArrayList<>(size);
        Arrays.stream(table).filter(box -> box != null).forEach(all::add);
        return all;
    }
}
