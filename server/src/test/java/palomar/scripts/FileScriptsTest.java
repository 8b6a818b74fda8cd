package palomar.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.contract.ScriptsContract;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.os.Disk;
import palomar.os.RealDisk;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

class FileScriptsTest extends ScriptsContract {
    @TempDir
    private Path folder;

    @Override
    protected ScriptStore open() {
        return store(new RealDisk());
    }

    private static ScriptStore store(Disk disk) {
        FileScripts.Settings settings = new FileScripts.Settings("~/sieve", "~/.dovecot.sieve", LIMITS);
        return new FileScripts(disk, settings, InstantSource.system(), Seeds.random("files"), Event.SILENT);
    }

    @Override
    protected void close() {}

    @Override
    protected ScriptOwner owner(String user) {
        return new ScriptOwner(user, Optional.of(folder.resolve(user).toString()));
    }

    private Path home() {
        return folder.resolve("anna");
    }

    private UserScripts anna() {
        return open().open(owner("anna"));
    }

    @Test
    void filesAndLinkLookAsPigeonholesDo() throws IOException {
        try (UserScripts scripts = anna()) {
            scripts.put(name("work"), bytes("keep;"));
            scripts.activate(name("work"));
        }
        assertThat(home().resolve("sieve/work.sieve")).hasContent("keep;");
        assertThat(Files.readSymbolicLink(home().resolve(".dovecot.sieve"))).isEqualTo(Path.of("sieve/work.sieve"));
        assertThat(home().resolve("sieve/tmp")).isEmptyDirectory();
    }

    @Test
    void whatOthersPutThereIsSeenAtOnce() throws IOException {
        try (UserScripts scripts = anna()) {
            assertThat(scripts.list()).isEmpty();
            Files.createDirectories(home().resolve("sieve/folder.sieve"));
            Files.writeString(home().resolve("sieve/roundcube.sieve"), "stop;");
            Files.writeString(home().resolve("sieve/roundcube.svbin"), "compiled");
            Files.writeString(home().resolve("sieve/.#lock.sieve"), "hidden");
            Files.createSymbolicLink(home().resolve(".dovecot.sieve"), home().resolve("sieve/roundcube.sieve"));
            assertThat(listed(scripts)).containsExactly("roundcube*");
            assertThat(scripts.active().map(Script::content)).contains(bytes("stop;"));
            Files.delete(home().resolve("sieve/roundcube.sieve"));
            assertThat(scripts.list()).isEmpty();
            assertThat(scripts.active()).isEmpty();
        }
    }

    @Test
    void aPlainFileInPlaceOfTheLinkRunsAndIsKeptWhenALinkTakesItsPlace() throws IOException {
        Files.createDirectories(home());
        Files.writeString(home().resolve(".dovecot.sieve"), "by hand");
        try (UserScripts scripts = anna()) {
            assertThat(scripts.list()).isEmpty();
            assertThat(scripts.active().map(Script::content)).contains(bytes("by hand"));
            scripts.put(name("a"), bytes("keep;"));
            scripts.activate(name("a"));
            assertThat(listed(scripts)).containsExactly("a*", "dovecot.orig");
            assertThat(content(scripts, "dovecot.orig")).isEqualTo("by hand");
            Files.delete(home().resolve(".dovecot.sieve"));
            Files.writeString(home().resolve(".dovecot.sieve"), "another");
            scripts.deactivate();
            assertThat(listed(scripts)).containsExactly("a", "dovecot.orig", "dovecot.orig.2");
            assertThat(home().resolve(".dovecot.sieve")).doesNotExist();
        }
    }

    @Test
    void linksThatLeadElsewhereAreNotFollowed() throws IOException {
        Path secret = folder.resolve("secret.sieve");
        Files.writeString(secret, "key");
        Files.createDirectories(home().resolve("sieve"));
        Files.createSymbolicLink(home().resolve("sieve/steal.sieve"), secret);
        Files.createSymbolicLink(home().resolve(".dovecot.sieve"), secret);
        try (UserScripts scripts = anna()) {
            assertThat(scripts.list()).isEmpty();
            assertThat(scripts.get(name("steal"))).isEmpty();
            assertThat(scripts.get(name("../../secret"))).isEmpty();
            assertThat(scripts.active()).isEmpty();
            assertThat(scripts.activate(name("steal"))).isFalse();
            scripts.put(name("steal"), bytes("keep;"));
            scripts.deactivate();
            assertThat(listed(scripts)).containsExactly("steal");
        }
        assertThat(secret).hasContent("key");
    }

    @Test
    void aNameThatFilesCantHaveIsRefused() {
        try (UserScripts scripts = anna()) {
            ScriptName wide = name("\u2764".repeat(128));
            assertThat(refused(() -> scripts.put(wide, bytes("keep;")))).isTrue();
            assertThat(scripts.get(wide)).isEmpty();
        }
    }

    @Test
    void withoutAHomeThereAreNoScripts() {
        assertThat(refused(() -> open().open(new ScriptOwner("anna", Optional.empty()))))
                .isTrue();
        assertThat(FilePlaces.of("/s/%{user}/x", "/s/%{user}/y", new ScriptOwner("anna", Optional.empty())))
                .contains(new FilePlaces(Path.of("/s/anna/x"), Path.of("/s/anna/y")));
        assertThat(FilePlaces.of("/s/%{user}/x", "/s/y", new ScriptOwner("../bob", Optional.empty())))
                .isEmpty();
        assertThat(FilePlaces.of("~/x", "~/y", new ScriptOwner("anna", Optional.of("relative"))))
                .isEmpty();
    }

    /// The machine dies at every call in turn while scripts are changed.
    @Test
    void whateverCallIsTheLastAScriptIsOldOrNewAndWhole() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (long call = 1; ; call++) {
            HostileDisk disk = new HostileDisk(Seeds.random("power " + call));
            begin(disk);
            disk.failFrom(disk.calls() + call, HostileDisk.Fault.IO_ERROR);
            boolean whole = work(disk);
            if (call % 2 == 0) {
                disk.kill();
            } else {
                disk.crash();
            }
            disk.heal();
            seen.add(state(disk));
            assertThat(disk.openHandles()).isEmpty();
            if (whole) {
                break;
            }
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "[a*, b] old",
                        "[a*, b] new",
                        "[a, b*] new",
                        "[b*] new",
                        "[b*, c] new",
                        "[b, c*] new",
                        "[c*] new");
    }

    private static UserScripts scripts(Disk disk) {
        return store(disk).open(new ScriptOwner("anna", Optional.of("/home/anna")));
    }

    private static void begin(HostileDisk disk) {
        try (UserScripts scripts = scripts(disk)) {
            scripts.put(name("a"), bytes("old"));
            scripts.put(name("b"), bytes("other"));
            scripts.activate(name("a"));
        }
    }

    private static boolean work(HostileDisk disk) {
        try (UserScripts scripts = scripts(disk)) {
            scripts.put(name("a"), bytes("new"));
            scripts.activate(name("b"));
            scripts.delete(name("a"));
            scripts.rename(name("b"), name("c"));
            return true;
        } catch (MailException cut) {
            return false;
        }
    }

    private static String state(HostileDisk disk) {
        try (UserScripts scripts = scripts(disk)) {
            assertThat(scripts.active()).isPresent();
            String b = content(scripts, "b").equals("(none)") ? content(scripts, "c") : content(scripts, "b");
            assertThat(b).isEqualTo("other");
            String a = content(scripts, "a");
            return listed(scripts) + " " + (a.equals("(none)") ? "new" : a);
        }
    }
}
