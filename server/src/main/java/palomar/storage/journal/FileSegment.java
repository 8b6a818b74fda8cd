package palomar.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import palomar.os.Disk;
import palomar.os.DiskFile;
import palomar.os.DiskFullException;

/// One segment file: a header page, the log's bytes, reserved space, and a footer once sealed.
///
/// Appending, sealing and rewinding belong to the store's writing thread; reading to any. The file is opened at
/// the first use and closed when the store drops it or nobody reads it any more.
final class FileSegment {
    /// Bytes before the first byte of the log; one page, so that offsets and LSNs stay aligned.
    static final int HEADER = 4096;

    static final int FOOTER = 64;
    static final int VERSION = 1;

    private static final byte[] HEADER_MAGIC = {'L', 'O', 'F', 'T', 'S', 'E', 'G', '\n'};
    private static final byte[] FOOTER_MAGIC = {'L', 'O', 'F', 'T', 'E', 'N', 'D', '\n'};

    /// A batch up to this long (a lone writer) gets its place written ahead; longer ones share their sync anyway.
    private static final int SMALL = 32 * 1024;

    private static final int COPY_CHUNK = 1024 * 1024;
    private static final int AHEAD = 256 * 1024;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(64 * 1024).asReadOnlyBuffer();

    private final Disk disk;
    private final Path path;
    final long firstLsn;
    final long epoch;
    private volatile long endLsn;
    private volatile boolean sealed;
    private volatile long storedBytes;

    /// Found without a sound footer, though another segment follows.
    private volatile boolean footless;

    // the writing thread's
    private long writtenAhead;

    // guarded by this
    private @Nullable DiskFile file;
    private int readers;
    private boolean doomed;

    FileSegment(Disk disk, Path path, long firstLsn, long epoch, long endLsn, boolean sealed, long storedBytes) {
        this.disk = disk;
        this.path = path;
        this.firstLsn = firstLsn;
        this.epoch = epoch;
        this.endLsn = endLsn;
        this.sealed = sealed;
        this.storedBytes = storedBytes;
    }

    static String fileName(long firstLsn) {
        String hex = Long.toHexString(firstLsn);
        return "0".repeat(16 - hex.length()) + hex + ".lof";
    }

    /// The first header page of a segment.
    static ByteBuffer header(UUID shard, long firstLsn, long epoch) {
        ByteBuffer page = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        page.put(HEADER_MAGIC)
                .putInt(0)
                .putInt(VERSION)
                .putLong(shard.getMostSignificantBits())
                .putLong(shard.getLeastSignificantBits())
                .putLong(firstLsn)
                .putLong(epoch);
        return checked(page).position(0).limit(HEADER);
    }

    private static ByteBuffer footer(long firstLsn, long endLsn, long epoch) {
        ByteBuffer foot = ByteBuffer.allocate(FOOTER).order(ByteOrder.LITTLE_ENDIAN);
        foot.put(FOOTER_MAGIC)
                .putInt(0)
                .putInt(VERSION)
                .putLong(firstLsn)
                .putLong(endLsn)
                .putLong(epoch);
        return checked(foot).position(0).limit(FOOTER);
    }

    /// Both headers and footers: magic, CRC32C of the bytes 12 to 63, the rest.
    private static ByteBuffer checked(ByteBuffer block) {
        return block.putInt(8, crc(block));
    }

    private static int crc(ByteBuffer block) {
        CRC32C crc = new CRC32C();
        crc.update(block.duplicate().limit(64).position(12));
        return (int) crc.getValue();
    }

    private static boolean sound(ByteBuffer block, byte[] magic) {
        byte[] found = new byte[magic.length];
        block.get(0, found);
        return Arrays.equals(found, magic) && block.getInt(8) == crc(block) && block.getInt(12) == VERSION;
    }

    /// Looks at a file found in the log's directory.
    ///
    /// @param nextLsn first LSN of the segment that follows; 0 when this is the last one
    /// @throws IOException also when the file belongs to another shard or has a version from the future
    static FileSegment found(Disk disk, Path path, UUID shard, long firstLsn, long nextLsn) throws IOException {
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            long size = file.size();
            long epoch = epochOf(file, path, shard, firstLsn);
            long footedEnd = size - FOOTER - HEADER + firstLsn;
            boolean footed = footedEnd >= firstLsn && footer(file, size - FOOTER, firstLsn, footedEnd);
            if (footed) {
                return new FileSegment(disk, path, firstLsn, epoch, footedEnd, true, size);
            }
            if (nextLsn != 0) {
                FileSegment crashed = new FileSegment(disk, path, firstLsn, epoch, nextLsn, true, size);
                crashed.footless = true;
                return crashed;
            }
            long bound = firstLsn + Math.max(0, size - HEADER);
            return new FileSegment(disk, path, firstLsn, epoch, bound, false, size);
        }
    }

    private static long epochOf(DiskFile file, Path path, UUID shard, long firstLsn) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        if (file.read(block, 0) < 64 || !sound(block, HEADER_MAGIC) || block.getLong(32) != firstLsn) {
            return 0;
        }
        UUID owner = new UUID(block.getLong(16), block.getLong(24));
        if (!owner.equals(shard)) {
            throw new IOException(path + " belongs to shard " + owner + ", not to " + shard + ": move it away");
        }
        return block.getLong(40);
    }

    private static boolean footer(DiskFile file, long at, long firstLsn, long endLsn) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(FOOTER).order(ByteOrder.LITTLE_ENDIAN);
        return file.read(block, at) == FOOTER
                && sound(block, FOOTER_MAGIC)
                && block.getLong(16) == firstLsn
                && block.getLong(24) == endLsn;
    }

    SegmentStore.Segment segment() {
        return new SegmentStore.Segment(firstLsn, endLsn, epoch, sealed, storedBytes);
    }

    Path path() {
        return path;
    }

    long endLsn() {
        return endLsn;
    }

    boolean sealed() {
        return sealed;
    }

    private long offset(long lsn) {
        return HEADER + lsn - firstLsn;
    }

    /// @param capacityEnd nothing is written ahead beyond this LSN
    void append(DiskFile to, long lsn, ByteBuffer bytes, long capacityEnd) throws IOException {
        int count = bytes.remaining();
        long end = lsn + count;
        to.write(bytes, offset(lsn));
        if (end > writtenAhead && count <= SMALL) {
            writeAhead(to, end, Math.min(end + AHEAD, capacityEnd));
        }
        endLsn = end;
        storedBytes = Math.max(storedBytes, offset(end));
    }

    /// Writes zeros where the next batches will go, so that their syncs need not make a new length and new blocks
    /// durable: docs/decisions/0010. Only a convenience, so no room for it is no failure.
    private void writeAhead(DiskFile to, long from, long end) throws IOException {
        try {
            for (long at = from; at < end; at += ZEROS.capacity()) {
                ByteBuffer zeros = ZEROS.duplicate();
                to.write(zeros.limit((int) Math.min(ZEROS.capacity(), end - at)), offset(at));
            }
            storedBytes = Math.max(storedBytes, offset(end));
        } catch (DiskFullException noRoom) {
            // the file stays as long as it got; appends find out for themselves
        }
        writtenAhead = end;
    }

    /// Moves the end back and cuts off what was written behind it, durably.
    void rewind(DiskFile to, long lsn) throws IOException {
        endLsn = lsn;
        writtenAhead = lsn;
        to.truncate(offset(lsn));
        to.force(false);
        storedBytes = offset(lsn);
    }

    /// Ends the segment for good, durably; the file ends with its footer.
    void seal(DiskFile to, long end) throws IOException {
        to.truncate(offset(end));
        to.write(footer(firstLsn, end, epoch), offset(end));
        to.force(true);
        endLsn = end;
        storedBytes = offset(end) + FOOTER;
        sealed = true;
    }

    /// Another segment takes over at `end`: what lies behind it here is not read any more.
    void endAt(long end) {
        footless = !sealed;
        endLsn = end;
        sealed = true;
    }

    /// Gives a segment that another one follows the footer that it lacks. One that was cut off lacks more than
    /// that, and stays as it is.
    void footIfNeeded() throws IOException {
        if (!footless) {
            return;
        }
        try (DiskFile own = disk.open(path, Disk.Mode.WRITE)) {
            if (own.size() >= offset(endLsn)) {
                seal(own, endLsn);
            }
        }
        footless = false;
    }

    /// Writes what is there again: a sync that failed may have left it unwritten but marked clean.
    void writeAgain(DiskFile to, long from, long end) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(COPY_CHUNK, Math.max(0, end - from)));
        for (long at = from; at < end; at += chunk.limit()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), end - at));
            if (to.read(chunk, offset(at)) < chunk.limit()) {
                throw new IOException(path + " is shorter than it was");
            }
            to.write(chunk.flip(), offset(at));
        }
    }

    /// Copies the log from `from` to `end` into a file that begins there.
    void copyTo(DiskFile copy, long from, long end) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(COPY_CHUNK, Math.max(0, end - from)));
        for (long at = from; at < end; at += chunk.limit()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), end - at));
            if (file().read(chunk, offset(at)) < chunk.limit()) {
                throw new IOException(path + " is shorter than it was");
            }
            copy.write(chunk.flip(), HEADER + at - from);
        }
    }

    int read(long lsn, ByteBuffer target) throws IOException {
        long end = endLsn;
        if (lsn >= end || lsn < firstLsn) {
            return -1;
        }
        int limit = target.limit();
        if (target.remaining() > end - lsn) {
            target.limit(target.position() + (int) (end - lsn));
        }
        try {
            return file().read(target, offset(lsn));
        } finally {
            target.limit(limit);
        }
    }

    private synchronized DiskFile file() throws IOException {
        DiskFile open = file;
        if (open == null) {
            open = disk.open(path, Disk.Mode.READ);
            file = open;
        }
        return open;
    }

    /// @return false when it is being removed
    synchronized boolean pin() {
        if (doomed) {
            return false;
        }
        readers++;
        return true;
    }

    /// @return true when the segment was to be removed and this was the last reader
    synchronized boolean unpin() {
        readers--;
        return doomed && readers == 0;
    }

    /// From now on no new reader.
    ///
    /// @return true when there is no reader already
    synchronized boolean doom() {
        doomed = true;
        return readers == 0;
    }

    synchronized boolean doomed() {
        return doomed;
    }

    /// Closes the file unless someone reads; it is opened again when needed.
    synchronized boolean closeIdle() throws IOException {
        DiskFile open = file;
        if (open == null || readers > 0) {
            return false;
        }
        file = null;
        open.close();
        return true;
    }

    synchronized boolean isOpen() {
        return file != null;
    }
}
