package palomar.storage.memory;

import java.time.InstantSource;
import palomar.contract.QuotaContract;
import palomar.storage.Storage;
import palomar.testkit.Seeds;

class MemoryQuotaTest extends QuotaContract {
    @Override
    protected Storage open() {
        return new MemoryStorage(InstantSource.system(), Seeds.random("memory"));
    }
}
