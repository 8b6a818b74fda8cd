package palomar.storage.loft.v1;

import java.io.IOException;
import palomar.contract.StorageContract;
import palomar.storage.Storage;

class LoftMemoryStorageTest extends StorageContract {
    private final MemoryLoft loft = new MemoryLoft();

    @Override
    protected Storage open() throws IOException {
        return loft.open();
    }
}
