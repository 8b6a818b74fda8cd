package palomar.storage.loft.v1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import palomar.os.Disk;
import palomar.os.DiskFile;

/// Where one shard's index files lie: `idx/ab/<mailbox id>.ix`. All of it is cache. Safe for many threads.
final class IndexFolder {
    private final Disk disk;
    private final Path folder;
    private final UUID shard;

    IndexFolder(Disk disk, Path folder, UUID shard) {
        this.disk = disk;
        this.folder = folder;
        this.shard = shard;
    }

    UUID shard() {
        return shard;
    }

    private Path path(long box, String suffix) {
        String id = Long.toHexString(box);
        String two = id.length() < 4 ? "00" : id.substring(id.length() - 4, id.length() - 2);
        return folder.resolve(two).resolve(id + suffix);
    }

    /// Opens a mailbox's file for reading and appending.
    ///
    /// @throws NoSuchFileException when there is none
    DiskFile open(long box, String suffix) throws IOException {
        return disk.open(path(box, suffix), Disk.Mode.WRITE);
    }

    /// Opens a mailbox's file for reading.
    ///
    /// @throws NoSuchFileException when there is none
    DiskFile read(long box, String suffix) throws IOException {
        return disk.open(path(box, suffix), Disk.Mode.READ);
    }

    /// Begins a new file beside the one in force.
    DiskFile create(long box, String suffix) throws IOException {
        Path aside = path(box, suffix + ".new");
        Path parent = aside.getParent();
        if (parent != null && !disk.exists(parent)) {
            disk.makeDirectories(parent);
        }
        if (disk.exists(aside)) {
            disk.delete(aside);
        }
        return disk.open(aside, Disk.Mode.CREATE);
    }

    /// Puts the new file, which was forced, in the old one's place.
    void replace(long box, String suffix) throws IOException {
        Path path = path(box, suffix);
        disk.rename(path(box, suffix + ".new"), path);
        Path parent = path.getParent();
        if (parent != null) {
            disk.syncDirectory(parent);
        }
    }

    void delete(long box, String suffix) throws IOException {
        Path path = path(box, suffix);
        if (disk.exists(path)) {
            disk.delete(path);
        }
    }

    /// Removes all files.
    void clear() throws IOException {
        if (!disk.exists(folder)) {
            return;
        }
        for (String two : disk.list(folder)) {
            Path inner = folder.resolve(two);
            for (String name : disk.list(inner)) {
                disk.delete(inner.resolve(name));
            }
        }
    }
}
