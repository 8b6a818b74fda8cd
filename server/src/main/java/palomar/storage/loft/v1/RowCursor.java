package palomar.storage.loft.v1;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.mail.MailException;
import palomar.mail.MessageGuid;
import palomar.message.Digest;
import palomar.storage.MessageCursor;

/// Reads rows through a small window that it copies under the mailbox's monitor: one row for a lone seek, more and
/// more for a run of them. A window is trusted only while the mailbox has not changed, so each row is of one
/// moment, and a caller's own change is seen by its next seek. One thread.
final class RowCursor implements MessageCursor {
    private static final int MOST_ROWS = 64;

    private final LoadedBox loaded;
    private final Bodies bodies;

    private long[] window = new long[Row.WORDS];
    private int filled;

    /// The current row in the window, in words; -1 when there is none.
    private int at = -1;

    /// Row number behind the window, to fill it on without a search.
    private int nextRow;

    private long version = -1;
    private int wanted = 1;
    private final DigestReader digests;

    RowCursor(LoadedBox loaded, Bodies bodies) {
        this.loaded = loaded;
        this.bodies = bodies;
        this.digests = new DigestReader(loaded, bodies);
    }

    @Override
    public boolean seek(long uid) {
        if (version == loaded.version()) {
            int place = Math.max(at, 0);
            while (place < filled && Row.uid(window, place) < uid) {
                place += Row.WORDS;
            }
            if (place < filled && (place > 0 || Row.uid(window, 0) == uid)) {
                return stand(place, uid);
            }
        }
        return fill(uid);
    }

    private boolean stand(int place, long uid) {
        if (Row.uid(window, place) != uid) {
            at = -1;
            return false;
        }
        at = place;
        return true;
    }

    private boolean fill(long uid) {
        synchronized (loaded.box) {
            Rows rows = loaded.rows();
            int row = version == loaded.version() ? ahead(rows, uid) : -1;
            wanted = row >= 0 ? Math.min(MOST_ROWS, wanted * 4) : 1;
            row = row >= 0 ? row : rows.find(uid);
            version = loaded.version();
            if (row < 0) {
                filled = 0;
                at = -1;
                return false;
            }
            if (window.length < wanted * Row.WORDS) {
                window = new long[wanted * Row.WORDS];
            }
            int got = rows.copy(row, wanted, window, 0);
            filled = got * Row.WORDS;
            nextRow = row + got;
        }
        at = 0;
        return true;
    }

    /// The row of `uid` when it is a little behind the window, else -1.
    private int ahead(Rows rows, long uid) {
        int end = Math.min(rows.count(), nextRow + MOST_ROWS);
        for (int row = nextRow; row < end && nextRow > 0; row++) {
            if (rows.uid(row) >= uid) {
                return rows.uid(row) == uid ? row : -1;
            }
        }
        return -1;
    }

    /// Moves to the first row behind a UID, whatever it is.
    boolean seekAfter(long uid) {
        long next;
        synchronized (loaded.box) {
            Rows rows = loaded.rows();
            int row = rows.atOrAfter(uid + 1);
            if (row == rows.count()) {
                at = -1;
                return false;
            }
            next = rows.uid(row);
        }
        return seek(next);
    }

    private int here() {
        if (at < 0) {
            throw new IllegalStateException("the cursor stands on no row");
        }
        return at;
    }

    @Override
    public long uid() {
        return Row.uid(window, here());
    }

    @Override
    public boolean expunged() {
        return Row.expunged(window, here());
    }

    @Override
    public int systemFlags() {
        return Row.system(window, here());
    }

    @Override
    public long keywordBits() {
        return Row.keywords(window, here());
    }

    @Override
    public long modSeq() {
        return Row.modSeq(window, here());
    }

    @Override
    public long size() {
        return Row.size(window, here());
    }

    @Override
    public Instant internalDate() {
        return Instant.ofEpochMilli(Row.internalMillis(window, here()));
    }

    @Override
    public long internalSeconds() {
        return Math.floorDiv(Row.internalMillis(window, here()), 1000);
    }

    @Override
    public Instant savedDate() {
        return Instant.ofEpochSecond(Row.savedSeconds(window, here()));
    }

    @Override
    public MessageGuid guid() {
        return new MessageGuid(Row.guidHigh(window, here()), Row.guidLow(window, at));
    }

    @Override
    public Digest digest() {
        return digests.read(window, here());
    }

    /// Bytes of the size that stand before the body.
    int headLength() {
        return Row.headLength(window, here());
    }

    /// The digest's bytes as the log has them; null when they are damaged, which was reported.
    byte @Nullable [] storedDigest() {
        try {
            return digests.fromLog(window, here());
        } catch (MailException damaged) {
            return null;
        }
    }

    @Override
    public ByteSource content() {
        return new Content(loaded, bodies, window, here());
    }

    @Override
    public void close() {
        at = -1;
        filled = 0;
        version = -1;
        digests.close();
    }
}
