package palomar.storage.memory;

import java.time.InstantSource;
import palomar.contract.AttributesContract;
import palomar.storage.Storage;
import palomar.testkit.Seeds;

class MemoryAttributesTest extends AttributesContract {
    @Override
    protected Storage open() {
        return new MemoryStorage(InstantSource.system(), Seeds.random("memory"));
    }
}
