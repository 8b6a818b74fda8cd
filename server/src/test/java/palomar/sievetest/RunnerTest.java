package palomar.sievetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.delivery.sieve.Programs;

class RunnerTest {
    private static final String FOLDER = "src/test/sieve/runner/failing/";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private boolean run(TestOptions options, String... files) throws IOException {
        SieveTests.Means means =
                new SieveTests.Means(Clock.systemUTC(), new SplittableRandom(1), Programs.NONE, "test");
        SieveTests tests = new SieveTests(
                options,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                means);
        return tests.run(List.of(files).stream()
                .map(file -> file.startsWith("/") ? file : FOLDER + file)
                .toList());
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static TestOptions expectingFailure() {
        TestOptions usual = TestOptions.USUAL;
        return new TestOptions(
                true, false, usual.workFolder(), usual.trace(), usual.dump(), usual.extensions(), false, false);
    }

    @Test
    void failuresAreCountedAndTheFileGoesOn() throws IOException {
        assertThat(run(TestOptions.USUAL, "failing.svtest")).isFalse();
        assertThat(lines())
                .containsExactly(
                        "# " + FOLDER + "failing.svtest",
                        "ok 1 - good",
                        "not ok 2 - bad: it is bad",
                        "not ok 3",
                        "not ok 4 - config: unknown setting 'sieve_frop'",
                        "not ok 5 - message: no message with index 3 was sent",
                        "FAIL " + FOLDER + "failing.svtest: 4 of 5 tests failed",
                        "1 passed, 4 failed");
    }

    @Test
    void anAbortedFileEndsAtThatPlace() throws IOException {
        assertThat(run(TestOptions.USUAL, "aborted.svtest", "binary.svtest", "reload.svtest", "value.svtest"))
                .isFalse();
        assertThat(lines())
                .contains("ok 1 - first", "not ok - (file): aborted at 3:1: outside")
                .contains("not ok - (file): aborted at 2:12: no binary 'frop' was saved")
                .contains("not ok - (file): aborted at 2:1: unknown extension 'frop'")
                .anyMatch(line -> line.contains("setting sieve_vacation_min_period must be a time, not 'soon'"))
                .noneMatch(line -> line.contains("never") || line.contains(" - b"));
    }

    @Test
    void aFileThatDoesNotCompileFails() throws IOException {
        assertThat(run(TestOptions.USUAL, "broken.svtest", "nowhere.svtest")).isFalse();
        assertThat(lines()).anyMatch(line -> line.startsWith("not ok - (file): it does not compile: 2:12: error:"));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(FOLDER + "broken.svtest:2:12: error: unknown command 'frop'")
                .contains("nowhere.svtest: it can't be read");
    }

    @Test
    void aLoopIsLeft() throws IOException {
        assertThat(run(TestOptions.USUAL, "loop.svtest")).isFalse();
        assertThat(lines()).contains("not ok 1 - left in a loop: in the loop", "ok 2 - the message is whole again");
    }

    @Test
    void failureIsExpected() throws IOException {
        assertThat(run(expectingFailure(), "all.svtest", "broken.svtest")).isTrue();
        assertThat(run(expectingFailure(), "failing.svtest")).isFalse();
    }

    @Test
    void onlyNamedExtensionsAreThere(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("x.svtest");
        Files.writeString(file, "require [\"vnd.dovecot.testsuite\", \"fileinto\"];\n");
        assertThat(run(TestOptions.USUAL, file.toString())).isTrue();
        assertThat(run(with("variables"), file.toString())).isFalse();
        assertThat(run(with("-fileinto"), file.toString())).isFalse();
        assertThat(run(with("-variables"), file.toString())).isTrue();
    }

    private static TestOptions with(String extensions) {
        return new TestOptions(
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(extensions),
                false,
                false);
    }

    @Test
    void tracesAndDumpsGoToFiles(@TempDir Path folder) throws IOException {
        Path trace = folder.resolve("trace");
        Path dump = folder.resolve("dump");
        Path work = folder.resolve("work");
        TestOptions options = new TestOptions(
                false,
                true,
                Optional.of(work),
                Optional.of(trace.toString()),
                Optional.of(dump.toString()),
                Optional.empty(),
                true,
                false);
        run(options, "failing.svtest");
        assertThat(trace).content().contains("test_config_set");
        assertThat(dump).content().contains("test_fail \"it is bad\";");
        assertThat(work).isDirectory();
    }
}
