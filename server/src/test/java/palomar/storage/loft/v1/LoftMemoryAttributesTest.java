package palomar.storage.loft.v1;

import java.io.IOException;
import palomar.contract.AttributesContract;
import palomar.storage.Storage;

class LoftMemoryAttributesTest extends AttributesContract {
    private final MemoryLoft loft = new MemoryLoft();

    @Override
    protected Storage open() throws IOException {
        return loft.open();
    }
}
