package palomar.scripts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import palomar.os.Disk;
import palomar.os.DiskFile;
import palomar.os.FileFacts;

/// Reads and replaces small files in one folder. A replaced file is the old or the new one at every moment, also
/// after a power cut: the new one is written beside it, in the folder `tmp` below, synced, and takes its name.
final class FolderFiles {
    /// What files begin with while they are written.
    private static final String UNFINISHED = "palomar-";

    /// After this long nobody is writing such a file any more.
    private static final Duration ABANDONED = Duration.ofHours(1);

    /// No file that is read at once is larger.
    static final long MAX_READ = 64L << 20;

    private final Disk disk;
    private final Path folder;
    private final InstantSource clock;
    private final RandomGenerator random;

    FolderFiles(Disk disk, Path folder, InstantSource clock, RandomGenerator random) {
        this.disk = disk;
        this.folder = folder;
        this.clock = clock;
        this.random = random;
    }

    /// Names of files, sorted; none when there is no folder.
    List<String> names() throws IOException {
        try {
            return disk.list(folder);
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /// Facts of a plain file; links, whatever they lead to, are none: who owns the folder could let us read
    /// anything by them.
    Optional<FileFacts> facts(String name) throws IOException {
        return disk.facts(folder.resolve(name)).filter(facts -> facts.kind() == FileFacts.Kind.FILE);
    }

    /// Empty: there is no such plain file.
    Optional<byte[]> read(String name) throws IOException {
        return facts(name).isEmpty() ? Optional.empty() : read(disk, folder.resolve(name), Disk.Mode.READ_NO_LINK);
    }

    /// A whole file; empty: it is not there.
    static Optional<byte[]> read(Disk disk, Path file, Disk.Mode mode) throws IOException {
        try (DiskFile open = disk.open(file, mode)) {
            long size = open.size();
            if (size > MAX_READ) {
                throw new IOException(file + ": " + size + " bytes are no script");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            while (bytes.hasRemaining() && open.read(bytes, bytes.position()) > 0) {
                // until all that there was is here
            }
            return Optional.of(Arrays.copyOf(bytes.array(), bytes.position()));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /// Puts a file in place of one of that name, or as a new one; durable on return.
    void replace(String name, byte[] content) throws IOException {
        Path unfinished = folder.resolve("tmp");
        disk.makeDirectories(unfinished);
        removeAbandoned(unfinished);
        Path written = unfinished.resolve(UNFINISHED + Long.toHexString(random.nextLong()) + ScriptFileNames.SUFFIX);
        boolean done = false;
        try {
            try (DiskFile file = disk.open(written, Disk.Mode.CREATE)) {
                file.write(ByteBuffer.wrap(content), 0);
                file.force(true);
            }
            disk.rename(written, folder.resolve(name));
            done = true;
        } finally {
            if (!done) {
                removeQuietly(written);
            }
        }
        disk.syncDirectory(folder);
    }

    /// Those that a kill has left.
    private void removeAbandoned(Path unfinished) throws IOException {
        for (String name : disk.list(unfinished)) {
            if (!name.startsWith(UNFINISHED)) {
                continue;
            }
            Path file = unfinished.resolve(name);
            Optional<FileFacts> facts = disk.facts(file);
            boolean abandoned =
                    facts.isPresent() && facts.get().modified().plus(ABANDONED).isBefore(clock.instant());
            if (abandoned) {
                removeQuietly(file);
            }
        }
    }

    private void removeQuietly(Path file) {
        try {
            disk.delete(file);
        } catch (IOException stays) {
            return; // goes another time, as one that is abandoned
        }
    }

    void rename(String from, String to) throws IOException {
        disk.rename(folder.resolve(from), folder.resolve(to));
        disk.syncDirectory(folder);
    }

    void delete(String name) throws IOException {
        disk.delete(folder.resolve(name));
        disk.syncDirectory(folder);
    }
}
