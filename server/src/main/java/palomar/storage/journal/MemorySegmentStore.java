package palomar.storage.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import palomar.bytes.ByteSource;

/// A [SegmentStore] in memory: the reference for the contract, and the store of tests and of the memory engine.
///
/// A [Shard] is what would be on disk; each `open` of it takes the next epoch and fences the openings before.
/// Nothing is forgotten by a crash: everything appended counts as durable.
public final class MemorySegmentStore implements SegmentStore {
    /// A shard's content, shared by its openings. Safe for many threads.
    public static final class Shard {
        private final UUID id;
        private final TreeMap<Long, Bytes> segments = new TreeMap<>();
        private final TreeMap<String, byte[]> blobs = new TreeMap<>();
        private long epoch;

        public Shard(UUID id) {
            this.id = id;
        }
    }

    /// One segment's bytes; guarded by its shard.
    private static final class Bytes {
        final long firstLsn;
        final long epoch;
        byte[] content = new byte[1024];
        int length;
        boolean sealed;
        boolean doomed;
        int readers;

        Bytes(long firstLsn, long epoch) {
            this.firstLsn = firstLsn;
            this.epoch = epoch;
        }

        long endLsn() {
            return firstLsn + length;
        }

        Segment segment() {
            return new Segment(firstLsn, endLsn(), epoch, sealed, content.length);
        }
    }

    private final Shard shard;
    private final long segmentSize;
    private final long epoch;
    private long endLsn;
    private long roomFor;
    private boolean resumed;

    /// Opens a shard with segments of `segmentSize` bytes.
    public MemorySegmentStore(Shard shard, long segmentSize) {
        this.shard = shard;
        this.segmentSize = segmentSize;
        synchronized (shard) {
            this.epoch = ++shard.epoch;
        }
    }

    @Override
    public UUID shard() {
        return shard.id;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public List<Segment> segments() {
        synchronized (shard) {
            return shard.segments.values().stream()
                    .filter(bytes -> !bytes.doomed)
                    .map(Bytes::segment)
                    .toList();
        }
    }

    @Override
    public Reader reader(long lsn) throws IOException {
        synchronized (shard) {
            Map.Entry<Long, Bytes> found = shard.segments.floorEntry(lsn);
            if (found == null
                    || found.getValue().doomed
                    || lsn > found.getValue().endLsn()) {
                throw new SegmentGoneException(lsn);
            }
            found.getValue().readers++;
            return new MemoryReader(shard, found.getValue());
        }
    }

    private static final class MemoryReader implements Reader {
        private final Shard shard;
        private final Bytes bytes;
        private boolean closed;

        MemoryReader(Shard shard, Bytes bytes) {
            this.shard = shard;
            this.bytes = bytes;
        }

        @Override
        public Segment segment() {
            synchronized (shard) {
                return bytes.segment();
            }
        }

        @Override
        public int read(long lsn, ByteBuffer target) {
            synchronized (shard) {
                int from = Math.toIntExact(lsn - bytes.firstLsn);
                if (from >= bytes.length) {
                    return -1;
                }
                int count = Math.min(target.remaining(), bytes.length - from);
                target.put(bytes.content, from, count);
                return count;
            }
        }

        @Override
        public void close() {
            synchronized (shard) {
                if (closed) {
                    return;
                }
                closed = true;
                bytes.readers--;
                if (bytes.doomed && bytes.readers == 0) {
                    shard.segments.remove(bytes.firstLsn, bytes);
                }
            }
        }
    }

    @Override
    public void resume(long end, long durableLsn) throws IOException {
        synchronized (shard) {
            checkOwned();
            if (!shard.segments.isEmpty()) {
                Bytes last = shard.segments.lastEntry().getValue();
                if (end < last.firstLsn || end > last.endLsn() || last.sealed && end != last.endLsn()) {
                    throw new IllegalArgumentException("the log can't end at " + end + ": " + last.segment());
                }
                last.length = (int) (end - last.firstLsn);
                seal(last);
            } else if (end != FIRST_LSN) {
                throw new IllegalArgumentException("an empty log ends at " + FIRST_LSN + ", not at " + end);
            }
            endLsn = end;
            resumed = true;
        }
    }

    @Override
    public long endLsn() {
        return endLsn;
    }

    @Override
    public long room() {
        return roomFor;
    }

    @Override
    public void append(long lsn, ByteBuffer source) throws IOException {
        synchronized (shard) {
            Bytes current = current();
            int count = source.remaining();
            if (lsn != endLsn || count > roomFor) {
                throw new IllegalArgumentException("append of " + count + " at " + lsn + ", end is " + endLsn);
            }
            if (current.content.length - current.length < count) {
                current.content = Arrays.copyOf(current.content, Math.max(current.length + count, current.length * 2));
            }
            source.get(current.content, current.length, count);
            current.length += count;
            endLsn += count;
            roomFor -= count;
        }
    }

    private Bytes current() throws IOException {
        checkOwned();
        Map.Entry<Long, Bytes> last = shard.segments.lastEntry();
        if (last == null || last.getValue().sealed) {
            throw new IllegalStateException("no segment is open for appending");
        }
        return last.getValue();
    }

    private void checkOwned() throws IOException {
        if (shard.epoch != epoch) {
            throw new FencedException(epoch, shard.epoch);
        }
    }

    @Override
    public void sync() throws IOException {
        synchronized (shard) {
            checkOwned();
        }
    }

    @Override
    public void restart(long from, long to, Check check) throws IOException {
        synchronized (shard) {
            Bytes old = current();
            Bytes next = new Bytes(from, epoch);
            next.length = (int) (to - from);
            int start = (int) (from - old.firstLsn);
            next.content = Arrays.copyOfRange(old.content, start, start + Math.max(1024, next.length));
            next.readers++;
            try (Reader reader = new MemoryReader(shard, next)) {
                if (!check.sound(reader)) {
                    throw new IOException("what was written last can't be read back");
                }
            }
            old.length = start;
            old.sealed = true;
            shard.segments.put(from, next);
            endLsn = to;
            roomFor = Math.max(0, segmentSize - next.length);
        }
    }

    @Override
    public void rewind(long lsn) throws IOException {
        synchronized (shard) {
            Bytes current = current();
            if (lsn < current.firstLsn || lsn > endLsn) {
                throw new IllegalArgumentException("rewind to " + lsn + " from " + endLsn);
            }
            current.length = (int) (lsn - current.firstLsn);
            roomFor += endLsn - lsn;
            endLsn = lsn;
        }
    }

    @Override
    public void roll(long bytes) throws IOException {
        synchronized (shard) {
            checkOwned();
            if (!resumed) {
                throw new IllegalStateException("roll before resume");
            }
            if (!shard.segments.isEmpty()) {
                seal(shard.segments.lastEntry().getValue());
            }
            shard.segments.put(endLsn, new Bytes(endLsn, epoch));
            roomFor = Math.max(bytes, segmentSize);
        }
    }

    /// An empty segment leaves nothing behind: the next one takes its name.
    private void seal(Bytes segment) {
        segment.sealed = true;
        if (segment.length == 0) {
            shard.segments.remove(segment.firstLsn);
        }
    }

    @Override
    public void delete(long firstLsn) throws IOException {
        synchronized (shard) {
            checkOwned();
            Bytes segment = shard.segments.get(firstLsn);
            if (segment == null || segment.doomed || !segment.sealed) {
                throw new SegmentGoneException(firstLsn);
            }
            segment.doomed = true;
            if (segment.readers == 0) {
                shard.segments.remove(firstLsn);
            }
        }
    }

    @Override
    public void putBlob(String name, ByteSource content) throws IOException {
        byte[] bytes = content.bytes();
        synchronized (shard) {
            checkOwned();
            shard.blobs.put(SegmentStore.checkedBlobName(name), bytes);
        }
    }

    @Override
    public Optional<ByteSource> blob(String name) {
        synchronized (shard) {
            return Optional.ofNullable(shard.blobs.get(SegmentStore.checkedBlobName(name)))
                    .map(ByteSource::of);
        }
    }

    @Override
    public boolean deleteBlob(String name) throws IOException {
        synchronized (shard) {
            checkOwned();
            return shard.blobs.remove(SegmentStore.checkedBlobName(name)) != null;
        }
    }

    @Override
    public List<String> blobs() {
        synchronized (shard) {
            return List.copyOf(shard.blobs.keySet());
        }
    }

    @Override
    public void close() {
        synchronized (shard) {
            if (shard.epoch == epoch && resumed && !shard.segments.isEmpty()) {
                seal(shard.segments.lastEntry().getValue());
            }
            roomFor = 0;
        }
    }
}
