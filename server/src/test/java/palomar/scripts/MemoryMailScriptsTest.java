package palomar.scripts;

import java.time.InstantSource;
import java.util.Optional;
import palomar.contract.ScriptsContract;
import palomar.event.Event;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.Seeds;

class MemoryMailScriptsTest extends ScriptsContract {
    private final MemoryStorage storage = new MemoryStorage(InstantSource.system(), Seeds.random("scripts"));

    @Override
    protected ScriptStore open() {
        return new MailScripts(storage, LIMITS, InstantSource.system(), Event.SILENT);
    }

    @Override
    protected void close() {}

    @Override
    protected ScriptOwner owner(String user) {
        return new ScriptOwner(user, Optional.empty());
    }
}
