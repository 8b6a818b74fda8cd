package palomar.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.contract.ScriptsContract;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.loft.v1.LoftSettings;
import palomar.storage.loft.v1.LoftStorage;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;
import palomar.testkit.TestStores;

class LoftMailScriptsTest extends ScriptsContract {
    @TempDir
    private Path folder;

    private @Nullable Storage storage;

    @Override
    protected ScriptStore open() throws IOException {
        storage = TestStores.LOFT_IN_FILES.open(folder);
        return new MailScripts(storage, LIMITS, InstantSource.system(), Event.SILENT);
    }

    @Override
    protected void close() {
        if (storage != null) {
            storage.close();
        }
    }

    @Override
    protected ScriptOwner owner(String user) {
        return new ScriptOwner(user, Optional.empty());
    }

    @Test
    void scriptsAreNoMailOfTheUser() throws IOException {
        close();
        ScriptStore store = open();
        try (UserScripts scripts = store.open(owner("anna"))) {
            scripts.put(name("a"), bytes("keep;"));
        }
        try (Storage now = storage;
                UserMail mail = now.open("anna")) {
            assertThat(mail.mailboxes()).hasSize(1);
            assertThat(mail.quota().usage().messages()).isZero();
            assertThat(now.users().filter(user -> !MailScripts.isCompanion(user)))
                    .containsExactly("anna");
        }
    }

    /// The power goes at every call in turn while scripts are changed.
    @Test
    void whateverCallIsTheLastAScriptIsOldOrNewAndWhole() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (long call = 1; ; call++) {
            HostileDisk disk = new HostileDisk(Seeds.random("power " + call));
            Path place = Path.of("/loft");
            begin(disk, place);
            disk.failFrom(disk.calls() + call, HostileDisk.Fault.IO_ERROR);
            boolean whole = work(disk, place);
            disk.crash();
            disk.heal();
            seen.add(state(disk, place));
            if (whole) {
                break;
            }
        }
        assertThat(seen).containsExactlyInAnyOrder("[a*, b] old", "[a*, b] new", "[a, b*] new", "[b*] new", "[c*] new");
    }

    private static LoftStorage loft(HostileDisk disk, Path place) throws IOException {
        LoftSettings settings = LoftSettings.of(place).withShards(1);
        return LoftStorage.open(settings, disk, InstantSource.system(), Seeds.random("loft"), Event.SILENT);
    }

    private static UserScripts scripts(Storage storage) {
        return new MailScripts(storage, LIMITS, InstantSource.system(), Event.SILENT)
                .open(new ScriptOwner("anna", Optional.empty()));
    }

    private static void begin(HostileDisk disk, Path place) throws IOException {
        try (Storage storage = loft(disk, place);
                UserScripts scripts = scripts(storage)) {
            scripts.put(name("a"), bytes("old"));
            scripts.put(name("b"), bytes("other"));
            scripts.activate(name("a"));
        }
    }

    /// False when a call failed in between.
    private static boolean work(HostileDisk disk, Path place) {
        try (Storage storage = loft(disk, place);
                UserScripts scripts = scripts(storage)) {
            scripts.put(name("a"), bytes("new"));
            scripts.activate(name("b"));
            scripts.delete(name("a"));
            scripts.rename(name("b"), name("c"));
            return true;
        } catch (IOException | MailException cut) {
            return false;
        }
    }

    private static String state(HostileDisk disk, Path place) throws IOException {
        try (Storage storage = loft(disk, place);
                UserScripts scripts = scripts(storage)) {
            for (ScriptEntry entry : scripts.list()) {
                assertThat(scripts.content(entry.name())).isPresent();
            }
            String a = content(scripts, "a");
            return listed(scripts) + " " + (a.equals("(none)") ? "new" : a);
        }
    }
}
