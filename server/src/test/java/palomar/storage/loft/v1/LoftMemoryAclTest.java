package palomar.storage.loft.v1;

import java.io.IOException;
import palomar.contract.AclContract;
import palomar.storage.Storage;

class LoftMemoryAclTest extends AclContract {
    private final MemoryLoft loft = new MemoryLoft();

    @Override
    protected Storage open() throws IOException {
        return loft.open();
    }
}
