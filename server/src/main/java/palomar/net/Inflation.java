package palomar.net;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteInput;

/// The decompressing half of a connection: raw DEFLATE out of an inner input. RFC 1951
///
/// Between commands it holds no decompressor, only what the client may still refer to: what it has said last, at
/// most 32 KiB. It is let go where the client has flushed (an empty stored block, which every zlib writes at a
/// SYNC_FLUSH); a client that flushes in another way keeps its decompressor. Bursts are decompressed one by one,
/// so that what follows the last one is untouched when compression ends. One thread.
///
/// Against bombs: nothing is decompressed before it is asked for, into buffers of a fixed size; who sends much
/// that says nothing is thrown out.
final class Inflation {
    private static final byte[] NOTHING = new byte[0];

    /// How far back DEFLATE can refer.
    private static final int WINDOW = 32 * 1024;

    /// The last four bytes of an empty stored block.
    private static final int FLUSHED = 0x0000ffff;

    /// Compressed bytes in a row that say nothing.
    private static final int MOST_SILENT = 64 * 1024;

    private final ByteInput compressed;
    private final DeflatePool pool;
    private @Nullable Inflater inflater;

    /// What was said last: a ring when it has grown to its full size, else from 0 to `recentAt`.
    private byte[] recent = NOTHING;

    private int recentAt;
    private boolean wrapped;

    /// The last four compressed bytes.
    private int tail = FLUSHED;

    /// More may come without further input.
    private boolean targetWasFull;

    private boolean ended;
    private int produced;

    Inflation(ByteInput compressed, DeflatePool pool) {
        this.compressed = compressed;
        this.pool = pool;
    }

    /// True when a read may get something without waiting.
    boolean pending() {
        return targetWasFull || compressed.buffered() > 0;
    }

    /// Waits for at least one byte; -1 at the end.
    int read(byte[] target) throws IOException {
        int silent = 0;
        if (targetWasFull) {
            inflate(NOTHING, 0, 0, target);
            if (produced > 0) {
                return produced;
            }
        }
        while (!ended) {
            int taken =
                    compressed.show((buffer, from, to) -> inflate(buffer, from, endOfBurst(buffer, from, to), target));
            if (taken < 0) {
                return -1;
            }
            if (produced > 0) {
                return produced;
            }
            silent += taken;
            if (silent > MOST_SILENT || taken == 0 && !ended) {
                throw new ClientGone(ClientGone.Reason.COMPRESSION, "compressed data without content");
            }
        }
        return -1;
    }

    private int endOfBurst(byte[] buffer, int from, int to) {
        int last = tail;
        for (int i = from; i < to; i++) {
            last = last << 8 | buffer[i] & 0xff;
            if (last == FLUSHED) {
                return i + 1;
            }
        }
        return to;
    }

    /// Returns how many bytes it has taken.
    private int inflate(byte[] buffer, int from, int to, byte[] target) {
        Inflater own = inflater();
        own.setInput(buffer, from, to - from);
        try {
            produced = own.inflate(target);
        } catch (DataFormatException e) {
            throw new ClientGone(ClientGone.Reason.COMPRESSION, "no DEFLATE data: " + e.getMessage());
        }
        int taken = to - from - own.getRemaining();
        own.setInput(NOTHING);
        for (int i = Math.max(from, from + taken - 4); i < from + taken; i++) {
            tail = tail << 8 | buffer[i] & 0xff;
        }
        targetWasFull = produced == target.length;
        ended = own.finished();
        remember(target, produced);
        return taken;
    }

    private Inflater inflater() {
        if (inflater == null) {
            Inflater own = pool.inflater();
            if (wrapped) {
                own.setDictionary(recent, recentAt, WINDOW - recentAt);
            }
            own.setDictionary(recent, 0, recentAt);
            inflater = own;
        }
        return inflater;
    }

    private void remember(byte[] said, int length) {
        int from = Math.max(0, length - WINDOW);
        while (from < length) {
            if (recentAt == recent.length && recent.length < WINDOW) {
                recent = Arrays.copyOf(recent, Math.clamp(2L * recent.length, 256, WINDOW));
            } else if (recentAt == WINDOW) {
                wrapped = true;
                recentAt = 0;
            }
            int count = Math.min(length - from, recent.length - recentAt);
            System.arraycopy(said, from, recent, recentAt, count);
            recentAt += count;
            from += count;
        }
    }

    /// Lets the decompressor go when that is possible: before a wait.
    void park() {
        Inflater own = inflater;
        if (own == null || tail != FLUSHED || pending() || ended) {
            return;
        }
        inflater = null;
        pool.giveBack(own);
        if (!wrapped) {
            recent = Arrays.copyOf(recent, recentAt);
        }
    }

    /// Reads on to where the client's last burst ends, which must say nothing more. What follows it stays in the
    /// inner input.
    void finish() throws IOException {
        byte[] nothingMore = new byte[1];
        while (!ended && tail != FLUSHED) {
            int count = read(nothingMore);
            if (count > 0) {
                throw new ClientGone(ClientGone.Reason.COMPRESSION, "more commands behind the end of compression");
            }
            if (count < 0 && !ended) {
                throw new ClientGone(ClientGone.Reason.CLOSED, "closed inside compressed data");
            }
        }
        release();
    }

    void release() {
        Inflater own = inflater;
        if (own != null) {
            inflater = null;
            pool.giveBack(own);
        }
        recent = NOTHING;
    }
}
