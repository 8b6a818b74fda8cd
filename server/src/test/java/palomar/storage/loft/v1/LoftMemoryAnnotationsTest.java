package palomar.storage.loft.v1;

import java.io.IOException;
import palomar.contract.AnnotationsContract;
import palomar.storage.Storage;

class LoftMemoryAnnotationsTest extends AnnotationsContract {
    private final MemoryLoft loft = new MemoryLoft();

    @Override
    protected Storage open() throws IOException {
        return loft.open();
    }
}
