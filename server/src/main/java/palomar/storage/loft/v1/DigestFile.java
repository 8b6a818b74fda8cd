package palomar.storage.loft.v1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import palomar.os.DiskFile;

/// The digest file of one loaded mailbox. Read by any thread, written by one (the keeper).
final class DigestFile {
    /// Mailboxes with fewer messages do without: their digests are read from the log.
    static final int FEWEST = 64;

    private final IndexFolder folder;
    private final LoadedBox loaded;
    private volatile @Nullable DigestWindows windows;

    DigestFile(IndexFolder folder, LoadedBox loaded) {
        this.folder = folder;
        this.loaded = loaded;
    }

    /// What the file has; found out at the first use.
    DigestWindows windows() throws IOException {
        DigestWindows known = windows;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            known = windows;
            if (known == null) {
                known = scan();
                windows = known;
            }
            return known;
        }
    }

    private DigestWindows scan() throws IOException {
        try (DiskFile file = open()) {
            return DigestWindows.scan(file, folder.shard(), loaded.box.id);
        } catch (NoSuchFileException e) {
            return DigestWindows.NONE;
        }
    }

    /// For reading.
    DiskFile open() throws IOException {
        return folder.read(loaded.box.id, DigestWindows.SUFFIX);
    }

    private DiskFile openToExtend() throws IOException {
        return folder.open(loaded.box.id, DigestWindows.SUFFIX);
    }

    /// Adds the digests of messages that came since the last time, or writes all anew when half are of messages
    /// gone.
    void extend(Bodies bodies) throws IOException {
        DigestWindows now = windows();
        long living = loaded.box.counters().messages();
        if (living < FEWEST) {
            return;
        }
        if (now.digests() > 2 * living + FEWEST) {
            now = DigestWindows.NONE;
        }
        boolean anew = now.count() == 0;
        try (DiskFile file = anew ? folder.create(loaded.box.id, DigestWindows.SUFFIX) : openToExtend()) {
            DigestWindows more = append(file, now, bodies);
            if (anew) {
                folder.replace(loaded.box.id, DigestWindows.SUFFIX);
            }
            windows = more;
        }
    }

    private DigestWindows append(DiskFile file, DigestWindows from, Bodies bodies) throws IOException {
        DigestWindows now = from;
        ByteBuffer window = ByteBuffer.allocate(DigestWindows.HEAD + DigestWindows.PAYLOAD)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(DigestWindows.HEAD);
        int count = 0;
        int first = 0;
        int last = 0;
        try (RowCursor cursor = new RowCursor(loaded, bodies)) {
            long uid = now.through();
            while (cursor.seekAfter(uid)) {
                uid = cursor.uid();
                byte[] digest = cursor.expunged() ? null : cursor.storedDigest();
                if (digest == null) {
                    continue;
                }
                int size = DigestWindows.ENTRY_HEAD + digest.length;
                if (window.remaining() < size && count > 0) {
                    now = end(file, now, window, count, first, last);
                    count = 0;
                }
                if (window.remaining() < size) {
                    window = ByteBuffer.allocate(DigestWindows.HEAD + size)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .position(DigestWindows.HEAD);
                }
                first = count == 0 ? (int) uid : first;
                last = (int) uid;
                window.putInt(last)
                        .putInt(digest.length)
                        .putLong(cursor.guid().low())
                        .put(digest);
                count++;
            }
        }
        return count == 0 ? now : end(file, now, window, count, first, last);
    }

    private DigestWindows end(DiskFile file, DigestWindows now, ByteBuffer window, int count, int first, int last)
            throws IOException {
        window.flip();
        DigestWindows.seal(window, folder.shard(), loaded.box.id, count, first, last);
        int length = window.limit() - DigestWindows.HEAD;
        file.write(window, now.end());
        window.clear().position(DigestWindows.HEAD);
        return now.plus(first, last, length, count);
    }
}
