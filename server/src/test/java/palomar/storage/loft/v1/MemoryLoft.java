package palomar.storage.loft.v1;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import palomar.event.Event;
import palomar.storage.Storage;
import palomar.storage.journal.MemorySegmentStore;
import palomar.testkit.Seeds;

/// A loft over segments in memory that can be opened again.
final class MemoryLoft {
    private final LoftSettings settings = LoftSettings.of(Path.of("nowhere")).withShards(3);
    private final List<MemorySegmentStore.Shard> shards = LoftStorage.memory(settings);

    Storage open() throws IOException {
        return LoftStorage.open(settings, shards, InstantSource.system(), Seeds.random("loft"), Event.SILENT);
    }
}
