package palomar.storage.memory;

import java.time.InstantSource;
import palomar.contract.StorageContract;
import palomar.storage.Storage;
import palomar.testkit.Seeds;

class MemoryStorageTest extends StorageContract {
    @Override
    protected Storage open() {
        return new MemoryStorage(InstantSource.system(), Seeds.random("memory"));
    }
}
