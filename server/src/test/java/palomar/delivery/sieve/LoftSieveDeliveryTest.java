package palomar.delivery.sieve;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import palomar.event.Event;
import palomar.os.RealDisk;
import palomar.storage.Storage;
import palomar.storage.loft.v1.LoftSettings;
import palomar.storage.loft.v1.LoftStorage;
import palomar.testkit.Seeds;

class LoftSieveDeliveryTest extends SieveDeliveryContract {
    @TempDir
    private Path store;

    @Override
    protected Storage open() throws IOException {
        LoftSettings settings = LoftSettings.of(store).withShards(2);
        return LoftStorage.open(settings, new RealDisk(), InstantSource.system(), Seeds.random("loft"), Event.SILENT);
    }
}
