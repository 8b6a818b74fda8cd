package palomar.storage.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import palomar.os.RealDisk;

/// The contract on files of this machine.
class RealFileSegmentStoreTest extends SegmentStoreContract {
    @TempDir
    Path directory;

    private int copies;

    @Override
    SegmentStore open() throws IOException {
        return FileSegmentStore.open(new RealDisk(), shard(), SEGMENT);
    }

    private Path shard() {
        return directory.resolve("shard-" + copies);
    }

    /// A live process can't be made to lose its lock, so its files are copied to where no one has them open.
    @Override
    void lost(SegmentStore store) throws IOException {
        Path from = shard();
        copies++;
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path to = shard().resolve(from.relativize(file));
                Files.createDirectories(to.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, to);
                }
            }
        }
        store.close();
    }
}
