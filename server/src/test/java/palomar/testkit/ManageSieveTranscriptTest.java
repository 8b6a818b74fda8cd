package palomar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import palomar.event.Event;
import palomar.os.RealDisk;
import palomar.scripts.FileScripts;
import palomar.scripts.MailScripts;
import palomar.scripts.ScriptLimits;
import palomar.scripts.ScriptStore;
import palomar.storage.memory.MemoryStorage;

/// Plays every transcript below `src/test/transcripts/managesieve` against scripts in the mail store and in files.
/// Three scripts, 1000 bytes each, 2000 bytes together may be kept. `./dev test managesieve/login` plays a folder.
class ManageSieveTranscriptTest {
    private static final Path ROOT = Path.of("src/test/transcripts");
    private static final ScriptLimits LIMITS = new ScriptLimits(3, 1000, 2000);

    private enum Keeping {
        MAIL_STORE,
        FILES
    }

    @TestFactory
    Collection<DynamicTest> everyTranscriptOnEveryStore() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files()) {
            Transcript transcript = Transcript.read(file);
            for (Keeping keeping : Keeping.values()) {
                tests.add(DynamicTest.dynamicTest(
                        ROOT.relativize(file) + " with " + keeping, file.toUri(), () -> play(transcript, keeping)));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private static List<Path> files() throws IOException {
        String wanted = System.getProperty("palomar.transcripts", "managesieve");
        Path from = Files.exists(ROOT.resolve(wanted)) ? ROOT.resolve(wanted) : Path.of(wanted);
        try (Stream<Path> found = Files.walk(from)) {
            return found.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    private static ScriptStore store(Keeping keeping, InstantSource clock) {
        return switch (keeping) {
            case MAIL_STORE ->
                new MailScripts(new MemoryStorage(clock, Seeds.random("mail")), LIMITS, clock, Event.SILENT);
            case FILES ->
                new FileScripts(
                        new RealDisk(),
                        new FileScripts.Settings("~/sieve", "~/.dovecot.sieve", LIMITS),
                        clock,
                        Seeds.random("files"),
                        Event.SILENT);
        };
    }

    private static void play(Transcript transcript, Keeping keeping) throws IOException {
        Path home = Files.createTempDirectory("transcript");
        ScriptStore store = store(keeping, InstantSource.system());
        try (ManageSieveServer server =
                new ManageSieveServer(store, home.toString(), transcript.setup().settings())) {
            new ManageSieveRunner(transcript, server).run();
        } finally {
            deleteAll(home);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aWrongExpectationFails() throws IOException {
        Path file = Files.createTempFile("wrong", ".txt");
        Files.writeString(file, "C: NOOP\nS: NO\n");
        try {
            play(Transcript.read(file), Keeping.MAIL_STORE);
        } catch (AssertionError expected) {
            assertThat(expected.getMessage()).contains("expected NO").contains("OK \"NOOP done\"");
            return;
        } finally {
            Files.delete(file);
        }
        throw new AssertionError("a wrong expectation was not noticed");
    }
}
