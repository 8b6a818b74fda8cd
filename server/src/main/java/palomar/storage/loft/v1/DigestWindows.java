package palomar.storage.loft.v1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import palomar.os.DiskFile;

/// Where the windows of one digest file lie, by UID. Immutable.
///
/// A digest file `idx/ab/<mailbox id>.dg` is windows of about 64 KiB, ascending in UID, so that listing a mailbox
/// reads a few large pieces in a row. It is a cache that needs no sync: each window has a checksum, each digest
/// the low half of its message's GUID, and what is missing or wrong is read from the log.
///
///     window: u32 magic | u32 CRC32C of all that follows | u32 payload bytes | u32 digests | u32 first UID
///             u32 last UID | shard UUID (16) | u64 mailbox | u64 0
///     digest: u32 UID | u32 bytes | u64 low half of the GUID | bytes
final class DigestWindows {
    static final String SUFFIX = ".dg";
    static final int HEAD = 56;
    static final int ENTRY_HEAD = 16;
    static final int PAYLOAD = 64 << 10;

    private static final int MAGIC = 'L' | 'D' << 8 | 'W' << 16 | '1' << 24;
    private static final int MAX_PAYLOAD = 80 << 20;

    static final DigestWindows NONE = new DigestWindows(new int[0], new int[0], new long[0], new int[0], 0, 0);

    private final int[] firsts;
    private final int[] lasts;
    private final long[] places;
    private final int[] lengths;
    private final long end;
    private final long digests;

    private DigestWindows(int[] firsts, int[] lasts, long[] places, int[] lengths, long end, long digests) {
        this.firsts = firsts;
        this.lasts = lasts;
        this.places = places;
        this.lengths = lengths;
        this.end = end;
        this.digests = digests;
    }

    int count() {
        return firsts.length;
    }

    /// Where the next window goes.
    long end() {
        return end;
    }

    long digests() {
        return digests;
    }

    /// The last UID that is covered; 0 when none is.
    long through() {
        return lasts.length == 0 ? 0 : Integer.toUnsignedLong(lasts[lasts.length - 1]);
    }

    long place(int window) {
        return places[window];
    }

    /// Bytes of a window, head included.
    int length(int window) {
        return HEAD + lengths[window];
    }

    /// The window that would have a UID, or -1.
    int find(long uid) {
        int low = 0;
        int high = lasts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.toUnsignedLong(lasts[middle]) < uid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < lasts.length && Integer.toUnsignedLong(firsts[low]) <= uid ? low : -1;
    }

    DigestWindows plus(int first, int last, int length, int count) {
        int n = firsts.length;
        int[] newFirsts = Arrays.copyOf(firsts, n + 1);
        int[] newLasts = Arrays.copyOf(lasts, n + 1);
        long[] newPlaces = Arrays.copyOf(places, n + 1);
        int[] newLengths = Arrays.copyOf(lengths, n + 1);
        newFirsts[n] = first;
        newLasts[n] = last;
        newPlaces[n] = end;
        newLengths[n] = length;
        return new DigestWindows(newFirsts, newLasts, newPlaces, newLengths, end + HEAD + length, digests + count);
    }

    /// Finds the windows of a file by their heads; what follows the first bad one is not used.
    static DigestWindows scan(DiskFile file, UUID shard, long box) throws IOException {
        int[] firsts = new int[16];
        int[] lasts = new int[16];
        long[] places = new long[16];
        int[] lengths = new int[16];
        int count = 0;
        long digests = 0;
        long size = file.size();
        long at = 0;
        ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.LITTLE_ENDIAN);
        while (at + HEAD <= size) {
            head.clear();
            file.read(head, at);
            if (!isHead(head, shard, box) || at + HEAD + head.getInt(8) > size) {
                break;
            }
            if (count == firsts.length) {
                firsts = Arrays.copyOf(firsts, 2 * count);
                lasts = Arrays.copyOf(lasts, 2 * count);
                places = Arrays.copyOf(places, 2 * count);
                lengths = Arrays.copyOf(lengths, 2 * count);
            }
            lengths[count] = head.getInt(8);
            digests += head.getInt(12);
            firsts[count] = head.getInt(16);
            lasts[count] = head.getInt(20);
            places[count] = at;
            at += HEAD + lengths[count];
            count++;
        }
        return new DigestWindows(
                Arrays.copyOf(firsts, count),
                Arrays.copyOf(lasts, count),
                Arrays.copyOf(places, count),
                Arrays.copyOf(lengths, count),
                at,
                digests);
    }

    private static boolean isHead(ByteBuffer head, UUID shard, long box) {
        int length = head.getInt(8);
        return head.position() == HEAD
                && head.getInt(0) == MAGIC
                && length > 0
                && length <= MAX_PAYLOAD
                && head.getLong(24) == shard.getMostSignificantBits()
                && head.getLong(32) == shard.getLeastSignificantBits()
                && head.getLong(40) == box;
    }

    /// Fills in the head at the beginning of a window whose payload is there up to the limit.
    static void seal(ByteBuffer window, UUID shard, long box, int count, int first, int last) {
        window.putInt(0, MAGIC);
        window.putInt(8, window.limit() - HEAD);
        window.putInt(12, count);
        window.putInt(16, first);
        window.putInt(20, last);
        window.putLong(24, shard.getMostSignificantBits());
        window.putLong(32, shard.getLeastSignificantBits());
        window.putLong(40, box);
        window.putLong(48, 0);
        window.putInt(4, crc(window));
    }

    private static int crc(ByteBuffer window) {
        CRC32C crc = new CRC32C();
        crc.update(window.duplicate().position(8));
        return (int) crc.getValue();
    }

    /// Reads a window, or null when it is not what was written.
    @Nullable
    ByteBuffer read(DiskFile file, int window, @Nullable ByteBuffer reuse) throws IOException {
        int length = length(window);
        ByteBuffer buffer = reuse != null && reuse.capacity() >= length
                ? reuse.clear()
                : ByteBuffer.allocate(Math.max(length, HEAD + PAYLOAD)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.limit(length);
        file.read(buffer, place(window));
        buffer.flip();
        return buffer.limit() == length && buffer.getInt(0) == MAGIC && buffer.getInt(4) == crc(buffer) ? buffer : null;
    }
}
