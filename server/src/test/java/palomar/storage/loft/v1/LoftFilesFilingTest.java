package palomar.storage.loft.v1;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import palomar.contract.FilingContract;
import palomar.event.Event;
import palomar.os.RealDisk;
import palomar.storage.Storage;
import palomar.testkit.Seeds;

class LoftFilesFilingTest extends FilingContract {
    @TempDir
    private Path folder;

    @Override
    protected Storage open() throws IOException {
        LoftSettings settings = LoftSettings.of(folder)
                .withShards(2)
                .withTuning(LoftTuning.defaults().withSegmentBytes(8 << 20));
        return LoftStorage.open(settings, new RealDisk(), InstantSource.system(), Seeds.random("loft"), Event.SILENT);
    }
}
