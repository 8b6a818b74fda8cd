package palomar.storage.loft.v1;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.message.Digest;
import palomar.message.StoredDigest;
import palomar.os.DiskFile;
import palomar.storage.journal.SegmentGoneException;

/// Finds digests for one cursor: in windows of the mailbox's digest file, else in the log. One thread; holds a
/// window and the open file until it is closed.
final class DigestReader implements AutoCloseable {
    private final LoadedBox loaded;
    private final Bodies bodies;
    private final StoredDigest digest = new StoredDigest();

    private @Nullable DiskFile file;
    private DigestWindows windows = DigestWindows.NONE;
    private @Nullable ByteBuffer window;
    private int windowNumber = -1;
    private int at;
    private boolean fileIsBad;

    DigestReader(LoadedBox loaded, Bodies bodies) {
        this.loaded = loaded;
        this.bodies = bodies;
    }

    /// The digest of the row in `words`; valid until the next call.
    Digest read(long[] words, int row) {
        int head = Row.headLength(words, row);
        if (findInFile(words, row)) {
            ByteBuffer found = window;
            if (found != null) {
                int length = found.getInt(at + 4);
                return digest.wrap(found.array(), at + DigestWindows.ENTRY_HEAD, length, head);
            }
        }
        byte[] bytes = fromLog(words, row);
        return digest.wrap(bytes, 0, bytes.length, head);
    }

    /// From the log, whatever the file has.
    byte[] fromLog(long[] words, int row) {
        try {
            try {
                return bodies.digest(Row.body(words, row));
            } catch (SegmentGoneException moved) {
                return bodies.digest(loaded.bodyOf(Row.uid(words, row), moved));
            }
        } catch (IOException e) {
            bodies.report(e, loaded, Row.uid(words, row));
            throw new MailException(MailError.CORRUPTION, "stored data of this message is damaged", e);
        }
    }

    /// Puts `window` and `at` on the row's digest.
    private boolean findInFile(long[] words, int row) {
        DigestFile digests = loaded.digests();
        if (digests == null || fileIsBad) {
            return false;
        }
        try {
            long uid = Row.uid(words, row);
            ByteBuffer now = window(digests, uid);
            while (now != null && at < now.limit()) {
                long here = Integer.toUnsignedLong(now.getInt(at));
                if (here >= uid) {
                    return here == uid && now.getLong(at + 8) == Row.guidLow(words, row);
                }
                at += DigestWindows.ENTRY_HEAD + now.getInt(at + 4);
            }
            return false;
        } catch (IOException e) {
            bodies.warnOfCache(e, loaded);
            fileIsBad = true;
            return false;
        }
    }

    /// The window that has a UID, `at` standing on or before it; null when there is none.
    private @Nullable ByteBuffer window(DigestFile digests, long uid) throws IOException {
        ByteBuffer now = window;
        if (now != null && at < now.limit()) {
            long here = Integer.toUnsignedLong(now.getInt(at));
            if (here <= uid && uid <= Integer.toUnsignedLong(now.getInt(20))) {
                return now;
            }
        }
        DigestWindows newest = digests.windows();
        if (newest != windows) {
            close();
            windows = newest;
        }
        int wanted = windows.find(uid);
        if (wanted < 0) {
            return null;
        }
        if (wanted != windowNumber) {
            DiskFile open = file;
            if (open == null) {
                open = digests.open();
                file = open;
            }
            windowNumber = -1;
            window = windows.read(open, wanted, window);
            windowNumber = wanted;
        }
        at = DigestWindows.HEAD;
        return window;
    }

    @Override
    public void close() {
        DiskFile open = file;
        file = null;
        window = null;
        windowNumber = -1;
        at = 0;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                bodies.warnOfCache(e, loaded);
            }
        }
    }
}
