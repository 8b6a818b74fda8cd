package palomar.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.os.Disk;
import palomar.os.DiskFile;
import palomar.os.DiskFullException;
import palomar.os.DiskLock;

/// A [SegmentStore] in one directory: `LOCK`, `SHARD` (identity and epoch), `log/` with the segments, `blob/`,
/// and `RESERVE`, space for what must still be possible on a full disk.
///
/// Two openings at once are kept out by the lock; should a lock be lost (network file systems), the epoch is read
/// again at each roll and blob, so that a zombie can't open a segment after its successor did.
public final class FileSegmentStore implements SegmentStore {
    private static final String SUFFIX = ".lof";
    private static final String NEXT = ".next";
    private static final int MAX_OPEN_SEGMENTS = 256;

    private final Disk disk;
    private final @Nullable DiskLock lock;
    private final ShardFile identity;
    private final FileReserve reserve;
    private final Path log;
    private final FileBlobs blobs;
    private final long segmentSize;
    private final ConcurrentSkipListMap<Long, FileSegment> segments = new ConcurrentSkipListMap<>();

    private volatile boolean closed;
    private volatile @Nullable IOException removalFailure;

    /// Segments that a newer one has replaced; closed in the end.
    private final List<FileSegment> replaced = new ArrayList<>();

    // the writing thread's
    private @Nullable FileSegment current;
    private @Nullable DiskFile writing;
    private volatile long endLsn;
    private long capacityEnd;
    private boolean resumed;
    private boolean unsynced;

    private FileSegmentStore(Disk disk, @Nullable DiskLock lock, ShardFile identity, Path directory, long segmentSize) {
        this.disk = disk;
        this.lock = lock;
        this.identity = identity;
        this.reserve = new FileReserve(disk, directory);
        this.log = directory.resolve("log");
        this.blobs = new FileBlobs(disk, directory.resolve("blob"));
        this.segmentSize = segmentSize;
    }

    /// Opens the shard in `directory`, making it when there is none, and takes the next epoch.
    ///
    /// @param segmentSize bytes of log a segment; a larger group gets a larger segment
    /// @throws ShardInUseException when it is open elsewhere
    public static FileSegmentStore open(Disk disk, Path directory, long segmentSize) throws IOException {
        disk.makeDirectories(directory.resolve("log"));
        disk.makeDirectories(directory.resolve("blob"));
        String owner = "pid " + ProcessHandle.current().pid();
        DiskLock lock = disk.lock(directory.resolve("LOCK"), owner)
                .orElseThrow(() -> new ShardInUseException(directory + " is open elsewhere, see its LOCK file"));
        boolean opened = false;
        try {
            ShardFile identity = nextEpoch(disk, directory);
            FileSegmentStore store = new FileSegmentStore(disk, lock, identity, directory, segmentSize);
            store.blobs.clean();
            store.find();
            opened = true;
            return store;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    /// Opens a shard for looking only, beside its owner: no lock, no epoch, and every change is refused.
    public static FileSegmentStore inspect(Disk disk, Path directory) throws IOException {
        ShardFile identity = ShardFile.read(disk, directory.resolve(ShardFile.NAME));
        FileSegmentStore store = new FileSegmentStore(disk, null, identity, directory, 0);
        store.find();
        return store;
    }

    /// A full disk must not keep a shard from opening: the next epoch may take the reserve.
    private static ShardFile nextEpoch(Disk disk, Path directory) throws IOException {
        try {
            return ShardFile.nextEpoch(disk, directory);
        } catch (DiskFullException e) {
            if (!new FileReserve(disk, directory).spend()) {
                throw e;
            }
            return ShardFile.nextEpoch(disk, directory);
        }
    }

    private void checkOwned() throws IOException {
        if (lock == null) {
            throw new IllegalStateException("the shard is open for inspection only");
        }
        identity.checkOwned(disk);
    }

    private void find() throws IOException {
        List<Long> starts = new ArrayList<>();
        for (String name : disk.list(log)) {
            if (name.endsWith(SUFFIX) && name.length() == 16 + SUFFIX.length()) {
                starts.add(Long.parseUnsignedLong(name, 0, 16, 16));
            } else if (name.startsWith(".") && lock != null) {
                disk.delete(log.resolve(name));
            }
        }
        for (int i = 0; i < starts.size(); i++) {
            long first = starts.get(i);
            long next = i + 1 < starts.size() ? starts.get(i + 1) : 0;
            Path path = log.resolve(FileSegment.fileName(first));
            try {
                segments.put(first, FileSegment.found(disk, path, identity.shard(), first, next));
            } catch (NoSuchFileException e) {
                if (lock != null) {
                    throw e;
                }
            }
        }
        if (lock != null) {
            giveFootersIfThereIsRoom();
        }
        endLsn =
                segments.isEmpty() ? FIRST_LSN : segments.lastEntry().getValue().endLsn();
    }

    /// A full disk must not keep a shard from opening; before anything is deleted it is tried again.
    private void giveFootersIfThereIsRoom() throws IOException {
        try {
            giveFooters();
        } catch (DiskFullException full) {
            return;
        }
    }

    /// Before a segment goes, the one before it must say itself where it ends: see [#restart].
    private synchronized void giveFooters() throws IOException {
        for (FileSegment segment : segments.values()) {
            segment.footIfNeeded();
        }
    }

    @Override
    public UUID shard() {
        return identity.shard();
    }

    @Override
    public long epoch() {
        return identity.epoch();
    }

    @Override
    public boolean inspected() {
        return lock == null;
    }

    @Override
    public List<Segment> segments() {
        return segments.values().stream()
                .filter(segment -> !segment.doomed())
                .map(FileSegment::segment)
                .toList();
    }

    @Override
    public Reader reader(long lsn) throws IOException {
        if (closed) {
            throw new IOException("the shard is closed");
        }
        Map.Entry<Long, FileSegment> found = segments.floorEntry(lsn);
        if (found == null
                || lsn > found.getValue().endLsn()
                || !found.getValue().pin()) {
            throw new SegmentGoneException(lsn);
        }
        if (segments.size() > MAX_OPEN_SEGMENTS) {
            closeSomeIdle();
        }
        return new FileReader(found.getValue());
    }

    private void closeSomeIdle() throws IOException {
        int open = 0;
        for (FileSegment segment : segments.values()) {
            if (segment.isOpen() && ++open > MAX_OPEN_SEGMENTS / 2) {
                segment.closeIdle();
            }
        }
    }

    private final class FileReader implements Reader {
        private final FileSegment segment;
        private boolean closed;

        FileReader(FileSegment segment) {
            this.segment = segment;
        }

        @Override
        public Segment segment() {
            return segment.segment();
        }

        @Override
        public int read(long lsn, ByteBuffer target) throws IOException {
            return segment.read(lsn, target);
        }

        @Override
        public synchronized void close() {
            if (closed) {
                return;
            }
            closed = true;
            if (segment.unpin()) {
                remove(segment);
            } else if (FileSegmentStore.this.closed) {
                closeAfterwards(segment);
            }
        }
    }

    /// The file goes; should that fail, it stays behind and is found, and offered for deletion, at the next
    /// opening.
    private void remove(FileSegment segment) {
        segments.remove(segment.firstLsn, segment);
        try {
            segment.closeIdle();
            disk.delete(segment.path());
            disk.syncDirectory(log);
        } catch (IOException e) {
            removalFailure = e;
        }
    }

    private void closeAfterwards(FileSegment segment) {
        try {
            segment.closeIdle();
        } catch (IOException e) {
            removalFailure = e;
        }
    }

    @Override
    public void resume(long end, long durableLsn) throws IOException {
        checkOwned();
        if (resumed) {
            throw new IllegalStateException("resumed twice");
        }
        Map.Entry<Long, FileSegment> entry = segments.lastEntry();
        if (entry == null) {
            if (end != FIRST_LSN) {
                throw new IllegalArgumentException("an empty log ends at " + FIRST_LSN + ", not at " + end);
            }
        } else {
            resume(entry.getValue(), end, durableLsn);
        }
        endLsn = end;
        capacityEnd = end;
        resumed = true;
    }

    private void resume(FileSegment last, long end, long durableLsn) throws IOException {
        if (end < last.firstLsn || end > last.endLsn() || last.sealed() && end != last.endLsn()) {
            throw new IllegalArgumentException("the log can't end at " + end + ": " + last.segment());
        }
        if (end == last.firstLsn) {
            drop(last);
        } else if (!last.sealed()) {
            try (DiskFile file = disk.open(last.path(), Disk.Mode.WRITE)) {
                last.writeAgain(file, Math.max(durableLsn, last.firstLsn), end);
                last.seal(file, end);
            }
        }
    }

    private void drop(FileSegment segment) throws IOException {
        segments.remove(segment.firstLsn);
        segment.closeIdle();
        disk.delete(segment.path());
        disk.syncDirectory(log);
    }

    @Override
    public long endLsn() {
        return endLsn;
    }

    @Override
    public long room() {
        return capacityEnd - endLsn;
    }

    @Override
    public void append(long lsn, ByteBuffer bytes) throws IOException {
        FileSegment segment = current;
        DiskFile file = writing;
        if (segment == null || file == null) {
            throw new IllegalStateException("no segment is open for appending");
        }
        int count = bytes.remaining();
        if (lsn != endLsn || count > room()) {
            throw new IllegalArgumentException("append of " + count + " at " + lsn + ", end is " + endLsn);
        }
        unsynced = true;
        segment.append(file, lsn, bytes, capacityEnd);
        endLsn = lsn + count;
    }

    @Override
    public void sync() throws IOException {
        if (unsynced && writing != null) {
            writing.force(false);
            unsynced = false;
        }
    }

    @Override
    public void rewind(long lsn) throws IOException {
        if (current == null || writing == null || lsn < current.firstLsn || lsn > endLsn) {
            throw new IllegalArgumentException("rewind to " + lsn + " from " + endLsn);
        }
        endLsn = lsn;
        current.rewind(writing, lsn);
    }

    @Override
    public void roll(long bytes) throws IOException {
        if (!resumed) {
            throw new IllegalStateException("roll before resume");
        }
        checkOwned();
        long capacity = Math.max(bytes, segmentSize);
        if (current != null && current.firstLsn == endLsn) {
            capacityEnd = endLsn + capacity;
            return;
        }
        sync();
        sealCurrent();
        open(capacity);
    }

    @Override
    public void restart(long from, long to, Check check) throws IOException {
        checkOwned();
        FileSegment old = current;
        boolean within = old == null ? from == to && to == endLsn : from >= old.firstLsn && to <= old.endLsn();
        if (!within || to < from) {
            throw new IllegalArgumentException("restart from " + from + " to " + to + ", end is " + endLsn);
        }
        DiskFile doubtful = writing;
        create(from, to, Math.max(to - from, segmentSize), file -> {
            if (old != null) {
                old.copyTo(file, from, to);
                check(from, to, check);
            }
        });
        endLsn = to;
        unsynced = false;
        if (old != null && old.firstLsn == from) {
            replaced.add(old);
        }
        try {
            if (doubtful != null) {
                doubtful.close();
            }
            giveFooters();
        } catch (IOException notNow) {
            // Nothing depends on it before the next deletion, which tries again.
            return;
        }
    }

    /// Reads the copy as it lies in its file.
    private void check(long from, long to, Check check) throws IOException {
        Path aside = log.resolve(NEXT);
        FileSegment copy = new FileSegment(disk, aside, from, identity.epoch(), to, false, FileSegment.HEADER);
        copy.pin();
        try (Reader reader = new FileReader(copy)) {
            if (!check.sound(reader)) {
                throw new IOException("what was written last can't be read back");
            }
        } finally {
            copy.closeIdle();
        }
    }

    /// Puts what a new segment begins with into its file.
    private interface Filler {
        void fill(DiskFile file) throws IOException;
    }

    private void open(long capacity) throws IOException {
        create(endLsn, endLsn, capacity, file -> {});
    }

    /// Makes a segment from `from`, with what `filler` writes up to `to`, and writes there from now on.
    private void create(long from, long to, long capacity, Filler filler) throws IOException {
        Path aside = log.resolve(NEXT);
        if (disk.exists(aside)) {
            disk.delete(aside);
        }
        Path path = log.resolve(FileSegment.fileName(from));
        DiskFile file = disk.open(aside, Disk.Mode.CREATE);
        boolean done = false;
        try {
            file.write(FileSegment.header(identity.shard(), from, identity.epoch()), 0);
            filler.fill(file);
            file.force(true);
            disk.rename(aside, path);
            disk.syncDirectory(log);
            long stored = FileSegment.HEADER + to - from;
            FileSegment next = new FileSegment(disk, path, from, identity.epoch(), to, false, stored);
            FileSegment before = current;
            if (before != null) {
                before.endAt(from);
            }
            segments.put(from, next);
            current = next;
            writing = file;
            capacityEnd = from + capacity;
            done = true;
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    private void sealCurrent() throws IOException {
        FileSegment segment = current;
        DiskFile file = writing;
        if (segment == null || file == null) {
            return;
        }
        if (segment.firstLsn == endLsn) {
            file.close();
            drop(segment);
        } else {
            segment.seal(file, endLsn);
            file.close();
        }
        current = null;
        writing = null;
        capacityEnd = endLsn;
    }

    @Override
    public boolean spendReserve() throws IOException {
        checkOwned();
        return reserve.spend();
    }

    @Override
    public void keepReserve() throws IOException {
        checkOwned();
        reserve.keep();
    }

    @Override
    public void delete(long firstLsn) throws IOException {
        checkOwned();
        FileSegment segment = segments.get(firstLsn);
        if (segment == null || !segment.sealed() || segment.doomed()) {
            throw new SegmentGoneException(firstLsn);
        }
        giveFooters();
        if (segment.doom()) {
            remove(segment);
        }
        IOException failure = removalFailure;
        if (failure != null) {
            removalFailure = null;
            throw failure;
        }
    }

    @Override
    public void putBlob(String name, ByteSource content) throws IOException {
        checkOwned();
        blobs.put(name, content);
    }

    @Override
    public Optional<ByteSource> blob(String name) throws IOException {
        return blobs.get(name);
    }

    @Override
    public boolean deleteBlob(String name) throws IOException {
        checkOwned();
        return blobs.delete(name);
    }

    @Override
    public List<String> blobs() throws IOException {
        return blobs.list();
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            try {
                if (!unsynced) {
                    sealCurrent();
                }
            } finally {
                closeFiles();
            }
        }
    }

    private void closeFiles() throws IOException {
        if (writing != null) {
            writing.close();
            writing = null;
        }
        for (FileSegment segment : segments.values()) {
            segment.closeIdle();
        }
        for (FileSegment segment : replaced) {
            segment.closeIdle();
        }
    }
}
