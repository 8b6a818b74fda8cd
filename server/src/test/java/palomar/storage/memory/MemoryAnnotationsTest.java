package palomar.storage.memory;

import java.time.InstantSource;
import palomar.contract.AnnotationsContract;
import palomar.storage.Storage;
import palomar.testkit.Seeds;

class MemoryAnnotationsTest extends AnnotationsContract {
    @Override
    protected Storage open() {
        return new MemoryStorage(InstantSource.system(), Seeds.random("memory"));
    }
}
