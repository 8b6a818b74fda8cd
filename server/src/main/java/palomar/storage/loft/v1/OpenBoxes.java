package palomar.storage.loft.v1;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The mailboxes whose rows are in memory: those that someone has open, and the ones used last, up to a budget.
/// Safe for many threads; loading one mailbox holds up only those who want the same.
final class OpenBoxes {
    private static final int STRIPES = 64;

    private final long idleBudget;
    private final ReentrantLock[] loading = new ReentrantLock[STRIPES];

    /// Boxes without a handle, the one that was let go longest ago first, with their size when that was.
    private final LinkedHashMap<LoadedBox, Long> idle = new LinkedHashMap<>();

    private long idleBytes;

    OpenBoxes(long idleBudget) {
        this.idleBudget = idleBudget;
        for (int i = 0; i < STRIPES; i++) {
            loading[i] = new ReentrantLock();
        }
    }

    /// The rows of a mailbox, loaded if need be; [#release] must follow.
    LoadedBox acquire(Shard shard, Box box) {
        LoadedBox there = hold(box);
        if (there != null) {
            return there;
        }
        ReentrantLock lock = loading[(int) (box.id * 0x9e3779b97f4a7c15L >>> 58)];
        lock.lock();
        try {
            there = hold(box);
            if (there != null) {
                return there;
            }
            box.requireNotDeleted();
            LoadedBox loaded = shard.load(box);
            synchronized (this) {
                loaded.handles++;
            }
            return loaded;
        } finally {
            lock.unlock();
        }
    }

    private synchronized @Nullable LoadedBox hold(Box box) {
        LoadedBox loaded = box.loaded();
        if (loaded == null) {
            return null;
        }
        if (loaded.handles++ == 0) {
            Long size = idle.remove(loaded);
            idleBytes -= size == null ? 0 : size;
        }
        return loaded;
    }

    synchronized void release(LoadedBox loaded) {
        if (--loaded.handles > 0) {
            return;
        }
        long size = loaded.size();
        idle.put(loaded, size);
        idleBytes += size;
        Iterator<Map.Entry<LoadedBox, Long>> oldest = idle.entrySet().iterator();
        while (idleBytes > idleBudget && oldest.hasNext()) {
            Map.Entry<LoadedBox, Long> entry = oldest.next();
            oldest.remove();
            idleBytes -= entry.getValue();
            entry.getKey().box.loaded(null);
        }
    }

    /// Mailboxes whose rows are in memory, and nobody has open.
    synchronized List<Box> idle() {
        return idle.keySet().stream().map(loaded -> loaded.box).toList();
    }

    /// Lets go of all that nobody has open.
    synchronized void clear() {
        for (LoadedBox loaded : idle.keySet()) {
            loaded.box.loaded(null);
        }
        idle.clear();
        idleBytes = 0;
    }
}
