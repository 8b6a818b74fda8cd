package palomar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Plays every transcript below `src/test/transcripts/imap` against every store. `./dev test imap/fetch` plays a
/// folder, `./dev test imap/fetch/peek.txt` one. How a transcript is written stands in [Transcript].
class TranscriptTest {
    private static final Path ROOT = Path.of("src/test/transcripts");

    @TestFactory
    Collection<DynamicTest> everyTranscriptOnEveryStore() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files()) {
            Transcript transcript = Transcript.read(file);
            for (TestStores store : TestStores.values()) {
                tests.add(DynamicTest.dynamicTest(
                        ROOT.relativize(file) + " on " + store, file.toUri(), () -> play(transcript, store)));
            }
        }
        return tests;
    }

    private static List<Path> files() throws IOException {
        String wanted = System.getProperty("palomar.transcripts", "imap");
        Path from = Files.exists(ROOT.resolve(wanted)) ? ROOT.resolve(wanted) : Path.of(wanted);
        try (Stream<Path> found = Files.walk(from)) {
            return found.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    private static void play(Transcript transcript, TestStores store) throws Exception {
        Path folder = Files.createTempDirectory("transcript");
        ManualClock clock = new ManualClock();
        clock.set(TestServer.DATE);
        try (TestServer server =
                new TestServer(store.open(folder, clock), transcript.setup().settings())) {
            new TranscriptRunner(transcript, server, clock).run();
        } finally {
            deleteAll(folder);
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
    void aWrongExpectationFails() throws Exception {
        Path file = Files.createTempFile("wrong", ".txt");
        Files.writeString(file, "C: NOOP\nS: NO\n");
        try {
            play(Transcript.read(file), TestStores.MEMORY);
        } catch (AssertionError expected) {
            assertThat(expected.getMessage()).contains("expected NO").contains("OK NOOP done");
            return;
        } finally {
            Files.delete(file);
        }
        throw new AssertionError("a wrong expectation was not noticed");
    }
}
