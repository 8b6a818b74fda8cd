package palomar.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import palomar.event.Event;
import palomar.os.RealDisk;
import palomar.storage.Storage;
import palomar.storage.loft.v1.LoftSettings;
import palomar.storage.loft.v1.LoftStorage;
import palomar.storage.loft.v1.LoftTuning;
import palomar.storage.memory.MemoryStorage;

/// Every store there is, empty, for tests that must hold on all of them.
public enum TestStores {
    MEMORY {
        @Override
        public Storage open(Path folder, InstantSource clock) {
            return new MemoryStorage(clock, Seeds.random("memory"));
        }
    },
    LOFT_IN_MEMORY {
        @Override
        public Storage open(Path folder, InstantSource clock) throws IOException {
            LoftSettings settings = LoftSettings.of(folder).withShards(2);
            return LoftStorage.open(settings, LoftStorage.memory(settings), clock, Seeds.random("loft"), Event.SILENT);
        }
    },
    LOFT_IN_FILES {
        @Override
        public Storage open(Path folder, InstantSource clock) throws IOException {
            LoftSettings settings = LoftSettings.of(folder)
                    .withShards(1)
                    .withTuning(LoftTuning.defaults().withSegmentBytes(8 << 20));
            return LoftStorage.open(settings, new RealDisk(), clock, Seeds.random("loft"), Event.SILENT);
        }
    };

    /// @param folder for those that keep files; empty and the test's own
    public abstract Storage open(Path folder, InstantSource clock) throws IOException;

    /// With the time of the day.
    public Storage open(Path folder) throws IOException {
        return open(folder, InstantSource.system());
    }
}
