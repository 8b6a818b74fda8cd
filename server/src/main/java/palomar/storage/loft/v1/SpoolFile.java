package palomar.storage.loft.v1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import palomar.bytes.ByteSource;
import palomar.bytes.RangeStream;
import palomar.os.Disk;
import palomar.os.DiskFile;

/// A large message while it arrives. Written by one thread, then read by any; gone when closed. Nothing of it is
/// ever synced: what matters is copied into the log.
final class SpoolFile implements ByteSource, AutoCloseable {
    private final Disk disk;
    private final Path path;
    private final DiskFile file;
    private long size;

    SpoolFile(Disk disk, Path path) throws IOException {
        this.disk = disk;
        this.path = path;
        this.file = disk.open(path, Disk.Mode.CREATE);
    }

    void append(byte[] bytes, int offset, int length) throws IOException {
        file.write(ByteBuffer.wrap(bytes, offset, length), size);
        size += length;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open(long from, long count) {
        long start = Math.min(Math.max(0, from), size);
        long end = start + Math.min(Math.max(0, count), size - start);
        return new RangeStream(file::read, start, end, () -> {}); // the file stays open for other readers
    }

    @Override
    public void close() throws IOException {
        try (file) {
            disk.delete(path);
        }
    }
}
