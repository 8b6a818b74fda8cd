package palomar.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import palomar.mail.MailException;
import palomar.scripts.Script;
import palomar.scripts.ScriptEntry;
import palomar.scripts.ScriptLimits;
import palomar.scripts.ScriptName;
import palomar.scripts.ScriptOwner;
import palomar.scripts.ScriptStore;
import palomar.scripts.UserScripts;
import palomar.scripts.UserScripts.Deletion;
import palomar.scripts.UserScripts.Renaming;

/// What every [ScriptStore] promises.
public abstract class ScriptsContract {
    protected static final ScriptLimits LIMITS = new ScriptLimits(3, 100, 200);

    private ScriptStore store;

    /// A store with [#LIMITS] and nothing in it, or the same again after [#close()].
    protected abstract ScriptStore open() throws IOException;

    protected abstract void close() throws IOException;

    /// A user who can have scripts.
    protected abstract ScriptOwner owner(String user);

    @BeforeEach
    void openStore() throws IOException {
        store = open();
    }

    @AfterEach
    void closeStore() throws IOException {
        close();
    }

    private UserScripts anna() {
        return store.open(owner("anna"));
    }

    protected static ScriptName name(String text) {
        return new ScriptName(text);
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(UserScripts scripts, String name, String content) {
        assertThat(scripts.put(name(name), bytes(content))).isEmpty();
    }

    protected static String content(UserScripts scripts, String name) {
        return scripts.content(name(name))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("(none)");
    }

    /// Names, the active one with a star.
    protected static List<String> listed(UserScripts scripts) {
        return scripts.list().stream()
                .map(entry -> entry.name() + (entry.active() ? "*" : ""))
                .toList();
    }

    private static String active(UserScripts scripts) {
        return scripts.active().map(Script::name).orElse("(none)");
    }

    @Test
    void nobodyHasScriptsAtFirst() {
        try (UserScripts scripts = anna()) {
            assertThat(scripts.list()).isEmpty();
            assertThat(scripts.active()).isEmpty();
            assertThat(scripts.get(name("a"))).isEmpty();
            assertThat(scripts.delete(name("a"))).isEqualTo(Deletion.NOT_THERE);
            assertThat(scripts.rename(name("a"), name("b"))).isEqualTo(Renaming.NOT_THERE);
            assertThat(scripts.activate(name("a"))).isFalse();
            scripts.deactivate();
            assertThat(scripts.list()).isEmpty();
        }
    }

    @Test
    void whatIsPutIsThereAfterReopening() throws IOException {
        String odd = "\u0000\r\n.\r\nü";
        try (UserScripts scripts = anna()) {
            put(scripts, "b", "keep;");
            put(scripts, "a", odd);
            assertThat(scripts.activate(name("b"))).isTrue();
        }
        close();
        openStore();
        try (UserScripts scripts = anna();
                UserScripts other = store.open(owner("bob"))) {
            assertThat(listed(scripts)).containsExactly("a", "b*");
            assertThat(content(scripts, "b")).isEqualTo("keep;");
            assertThat(content(scripts, "a")).isEqualTo(odd);
            assertThat(active(scripts)).isEqualTo("b");
            assertThat(scripts.list()).extracting(ScriptEntry::size).containsExactly((long) bytes(odd).length, 5L);
            assertThat(other.list()).isEmpty();
        }
    }

    @Test
    void aScriptKnowsItsHash() {
        try (UserScripts scripts = anna()) {
            put(scripts, "a", "abc");
            Script script = scripts.get(name("a")).orElseThrow();
            assertThat(script.hash()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
            assertThat(script.name()).isEqualTo("a");
            assertThat(script.content()).isEqualTo(bytes("abc"));
        }
    }

    @Test
    void aReplacedScriptStaysActive() {
        try (UserScripts scripts = anna()) {
            put(scripts, "a", "keep;");
            put(scripts, "b", "stop;");
            scripts.activate(name("a"));
            put(scripts, "a", "discard;");
            assertThat(listed(scripts)).containsExactly("a*", "b");
            assertThat(scripts.active().map(Script::content)).contains(bytes("discard;"));
        }
    }

    @Test
    void onlyOneIsActiveAndItCantBeDeleted() {
        try (UserScripts scripts = anna()) {
            put(scripts, "a", "1");
            put(scripts, "b", "2");
            scripts.activate(name("a"));
            scripts.activate(name("b"));
            assertThat(listed(scripts)).containsExactly("a", "b*");
            assertThat(scripts.delete(name("b"))).isEqualTo(Deletion.ACTIVE);
            assertThat(scripts.activate(name("c"))).isFalse();
            assertThat(listed(scripts)).containsExactly("a", "b*");
            scripts.deactivate();
            assertThat(active(scripts)).isEqualTo("(none)");
            assertThat(scripts.delete(name("b"))).isEqualTo(Deletion.DONE);
            assertThat(listed(scripts)).containsExactly("a");
            assertThat(content(scripts, "b")).isEqualTo("(none)");
        }
    }

    @Test
    void renamingKeepsContentAndBeingActive() {
        try (UserScripts scripts = anna()) {
            put(scripts, "a", "1");
            put(scripts, "b", "2");
            scripts.activate(name("a"));
            assertThat(scripts.rename(name("a"), name("b"))).isEqualTo(Renaming.TAKEN);
            assertThat(scripts.rename(name("a"), name("a"))).isEqualTo(Renaming.TAKEN);
            assertThat(scripts.rename(name("c"), name("d"))).isEqualTo(Renaming.NOT_THERE);
            assertThat(scripts.rename(name("a"), name("z"))).isEqualTo(Renaming.DONE);
            assertThat(scripts.rename(name("b"), name("y"))).isEqualTo(Renaming.DONE);
            assertThat(listed(scripts)).containsExactly("y", "z*");
            assertThat(content(scripts, "z")).isEqualTo("1");
            assertThat(content(scripts, "y")).isEqualTo("2");
        }
    }

    @Test
    void limitsHoldAndWhatIsRefusedChangesNothing() {
        try (UserScripts scripts = anna()) {
            assertThat(scripts.put(name("a"), new byte[101])).contains(ScriptLimits.Excess.TOO_BIG);
            assertThat(scripts.excess(name("a"), 101)).contains(ScriptLimits.Excess.TOO_BIG);
            assertThat(scripts.excess(name("a"), 100)).isEmpty();
            put(scripts, "a", "x".repeat(100));
            put(scripts, "b", "x".repeat(90));
            assertThat(scripts.put(name("c"), new byte[11])).contains(ScriptLimits.Excess.TOO_MUCH);
            assertThat(scripts.put(name("b"), new byte[100])).isEmpty();
            put(scripts, "b", "");
            put(scripts, "c", "x");
            assertThat(scripts.put(name("d"), new byte[1])).contains(ScriptLimits.Excess.TOO_MANY);
            assertThat(scripts.excess(name("d"), 1)).contains(ScriptLimits.Excess.TOO_MANY);
            assertThat(scripts.excess(name("c"), 1)).isEmpty();
            assertThat(scripts.put(name("a"), new byte[101])).contains(ScriptLimits.Excess.TOO_BIG);
            assertThat(content(scripts, "a")).isEqualTo("x".repeat(100));
            assertThat(listed(scripts)).containsExactly("a", "b", "c");
        }
    }

    @Test
    void namesAreAnyTextAndStayApart() throws IOException {
        List<String> names =
                List.of("../../x", "/etc/passwd", ".hidden", "a/b", "a%2Fb", "%2E", "..", " ", "Ünï\u2764");
        for (String text : names) {
            try (UserScripts scripts = anna()) {
                put(scripts, text, "# " + text);
                assertThat(listed(scripts)).containsExactly(text);
                assertThat(scripts.activate(name(text))).isTrue();
                assertThat(active(scripts)).isEqualTo(text);
                assertThat(content(scripts, text)).isEqualTo("# " + text);
                scripts.deactivate();
                assertThat(scripts.delete(name(text))).isEqualTo(Deletion.DONE);
            }
        }
    }

    @Test
    void theStampChangesWithEverything() {
        try (UserScripts scripts = anna()) {
            long last = scripts.stamp();
            List<Runnable> changes = List.of(
                    () -> put(scripts, "a", "1"),
                    () -> put(scripts, "a", "22"),
                    () -> scripts.activate(name("a")),
                    () -> scripts.rename(name("a"), name("b")),
                    scripts::deactivate,
                    () -> scripts.delete(name("b")));
            for (Runnable change : changes) {
                change.run();
                assertThat(scripts.stamp()).isNotEqualTo(last).isEqualTo(scripts.stamp());
                last = scripts.stamp();
            }
        }
    }

    @Test
    void forgettingRemovesAll() throws IOException {
        try (UserScripts scripts = anna()) {
            put(scripts, "a", "1");
            put(scripts, "b", "2");
            scripts.activate(name("a"));
        }
        store.forget(owner("anna"));
        close();
        openStore();
        try (UserScripts scripts = anna()) {
            assertThat(scripts.list()).isEmpty();
            assertThat(scripts.active()).isEmpty();
            put(scripts, "a", "3");
            assertThat(content(scripts, "a")).isEqualTo("3");
        }
    }

    /// Two sessions replace, rename and list the same scripts, while a delivery reads the active one.
    @Test
    void writersSideBySideNeverShowAMixture() throws Exception {
        try (UserScripts scripts = anna()) {
            put(scripts, "a", "0".repeat(100));
            scripts.activate(name("a"));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = List.of(
                    threads.submit(() -> rewrite("1")),
                    threads.submit(() -> rewrite("2")),
                    threads.submit(this::readActive));
            for (Future<?> each : all) {
                each.get();
            }
        }
        try (UserScripts scripts = anna()) {
            assertThat(listed(scripts)).contains("a*").hasSizeLessThanOrEqualTo(2);
            assertThat(content(scripts, "a")).isIn("1".repeat(100), "2".repeat(100));
        }
    }

    private void rewrite(String digit) {
        try (UserScripts scripts = anna()) {
            for (int round = 0; round < 20; round++) {
                put(scripts, "a", digit.repeat(100));
                Optional<ScriptLimits.Excess> second = scripts.put(name("b" + digit), bytes(digit));
                assertThat(second.isEmpty() || second.get() != ScriptLimits.Excess.TOO_BIG)
                        .isTrue();
                scripts.delete(name("b" + digit));
            }
            put(scripts, "a", digit.repeat(100));
        }
    }

    private void readActive() {
        try (UserScripts scripts = anna()) {
            for (int round = 0; round < 100; round++) {
                assertThat(content(scripts, "a")).matches("0{100}|1{100}|2{100}");
                assertThat(active(scripts)).isEqualTo("a");
            }
        }
    }

    protected static boolean refused(Runnable action) {
        try {
            action.run();
            return false;
        } catch (MailException e) {
            return true;
        }
    }
}
