package palomar.storage.memory;

import java.time.InstantSource;
import palomar.contract.AclContract;
import palomar.storage.Storage;
import palomar.testkit.Seeds;

class MemoryAclTest extends AclContract {
    @Override
    protected Storage open() {
        return new MemoryStorage(InstantSource.system(), Seeds.random("memory"));
    }
}
