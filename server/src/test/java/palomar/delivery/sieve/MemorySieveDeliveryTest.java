package palomar.delivery.sieve;

import java.time.InstantSource;
import palomar.storage.Storage;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.Seeds;

class MemorySieveDeliveryTest extends SieveDeliveryContract {
    @Override
    protected Storage open() {
        return new MemoryStorage(InstantSource.system(), Seeds.random("memory"));
    }
}
