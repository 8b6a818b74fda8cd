package palomar.storage.memory;

import java.time.InstantSource;
import palomar.contract.FilingContract;
import palomar.storage.Storage;
import palomar.testkit.Seeds;

class MemoryFilingTest extends FilingContract {
    @Override
    protected Storage open() {
        return new MemoryStorage(InstantSource.system(), Seeds.random("memory"));
    }
}
