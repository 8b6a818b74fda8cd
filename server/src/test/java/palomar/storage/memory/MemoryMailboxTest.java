package palomar.storage.memory;

import java.time.InstantSource;
import palomar.contract.MailboxContract;
import palomar.storage.Storage;
import palomar.testkit.Seeds;

class MemoryMailboxTest extends MailboxContract {
    @Override
    protected Storage open() {
        return new MemoryStorage(InstantSource.system(), Seeds.random("memory"));
    }
}
