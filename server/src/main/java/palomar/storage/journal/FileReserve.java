package palomar.storage.journal;

import java.io.IOException;
import java.nio.file.Path;
import palomar.os.Disk;
import palomar.os.DiskFile;
import palomar.os.DiskFullException;

/// The file `RESERVE`: 4 MiB that nothing uses, until the disk is full and something that frees space has to be
/// written.
///
/// @param directory the shard's
record FileReserve(Disk disk, Path directory) {
    private static final long SIZE = 4 << 20;

    /// Free space from which on some is kept back.
    private static final long PLENTY = 16 * SIZE;

    private Path file() {
        return directory.resolve("RESERVE");
    }

    boolean spend() throws IOException {
        if (!disk.exists(file())) {
            return false;
        }
        disk.delete(file());
        disk.syncDirectory(directory);
        return true;
    }

    void keep() throws IOException {
        if (disk.exists(file()) || disk.freeSpace(directory) < PLENTY) {
            return;
        }
        try (DiskFile reserved = disk.open(file(), Disk.Mode.CREATE)) {
            reserved.allocate(0, SIZE);
        } catch (DiskFullException none) {
            disk.delete(file());
        }
    }
}
