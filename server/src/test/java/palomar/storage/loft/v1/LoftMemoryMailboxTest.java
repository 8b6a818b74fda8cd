package palomar.storage.loft.v1;

import java.io.IOException;
import palomar.contract.MailboxContract;
import palomar.storage.Storage;

class LoftMemoryMailboxTest extends MailboxContract {
    private final MemoryLoft loft = new MemoryLoft();

    @Override
    protected Storage open() throws IOException {
        return loft.open();
    }
}
