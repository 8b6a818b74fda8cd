package palomar.storage.loft.v1;

import java.io.IOException;
import palomar.contract.FilingContract;
import palomar.storage.Storage;

class LoftMemoryFilingTest extends FilingContract {
    private final MemoryLoft loft = new MemoryLoft();

    @Override
    protected Storage open() throws IOException {
        return loft.open();
    }
}
