package palomar.storage.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.bytes.RangeStream;
import palomar.os.Disk;
import palomar.os.DiskFile;

/// Named blobs as files of one directory, each written aside, synced, renamed, and the directory synced.
/// Safe for many threads as long as one name is put by one thread at a time.
final class FileBlobs {
    private static final String ASIDE = ".new";
    private static final int CHUNK = 64 * 1024;

    private final Disk disk;
    private final Path directory;

    FileBlobs(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /// Removes what a crash left half written.
    void clean() throws IOException {
        for (String name : disk.list(directory)) {
            if (name.startsWith(".") && name.endsWith(ASIDE)) {
                disk.delete(directory.resolve(name));
            }
        }
    }

    void put(String name, ByteSource content) throws IOException {
        Path target = directory.resolve(SegmentStore.checkedBlobName(name));
        Path aside = directory.resolve("." + name + ASIDE);
        if (disk.exists(aside)) {
            disk.delete(aside);
        }
        try {
            write(aside, content);
            disk.rename(aside, target);
        } catch (IOException e) {
            discard(aside, e);
            throw e;
        }
        disk.syncDirectory(directory);
    }

    private void write(Path aside, ByteSource content) throws IOException {
        try (DiskFile file = disk.open(aside, Disk.Mode.CREATE);
                InputStream in = content.open()) {
            byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(1, content.size()))];
            long at = 0;
            for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
                file.write(ByteBuffer.wrap(chunk, 0, got), at);
                at += got;
            }
            file.force(true);
        }
    }

    private void discard(Path aside, IOException because) {
        try {
            if (disk.exists(aside)) {
                disk.delete(aside);
            }
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    Optional<ByteSource> get(String name) throws IOException {
        Path path = directory.resolve(SegmentStore.checkedBlobName(name));
        try {
            return Optional.of(new Content(disk, path, disk.size(path)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    boolean delete(String name) throws IOException {
        Path path = directory.resolve(SegmentStore.checkedBlobName(name));
        if (!disk.exists(path)) {
            return false;
        }
        disk.delete(path);
        disk.syncDirectory(directory);
        return true;
    }

    List<String> list() throws IOException {
        return disk.list(directory).stream()
                .filter(name -> !name.startsWith("."))
                .toList();
    }

    private record Content(Disk disk, Path path, long size) implements ByteSource {
        @Override
        public InputStream open(long from, long count) throws IOException {
            long start = Math.min(Math.max(from, 0), size);
            long end = start + Math.min(Math.max(count, 0), size - start);
            DiskFile file = disk.open(path, Disk.Mode.READ);
            return new RangeStream(file::read, start, end, file::close);
        }
    }
}
