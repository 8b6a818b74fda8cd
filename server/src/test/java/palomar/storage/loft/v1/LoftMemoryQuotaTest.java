package palomar.storage.loft.v1;

import java.io.IOException;
import palomar.contract.QuotaContract;
import palomar.storage.Storage;

class LoftMemoryQuotaTest extends QuotaContract {
    private final MemoryLoft loft = new MemoryLoft();

    @Override
    protected Storage open() throws IOException {
        return loft.open();
    }
}
