package palomar.sievetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import palomar.delivery.sieve.OsPrograms;

/// Runs every test file below `src/test/sieve`, also once with each script saved and loaded again. Files in
/// folders called `failing` are there to fail; [RunnerTest] says how.
class SieveFilesTest {
    private static final Path ROOT = Path.of("src/test/sieve");

    @TestFactory
    Collection<DynamicTest> everyFilePasses() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files()) {
            String name = ROOT.relativize(file).toString();
            tests.add(DynamicTest.dynamicTest(name, file.toUri(), () -> pass(file, TestOptions.USUAL)));
            tests.add(DynamicTest.dynamicTest(
                    name + " (saved and loaded)", file.toUri(), () -> pass(file, TestOptions.USUAL.reloading())));
        }
        return tests;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> found = Files.walk(ROOT)) {
            return found.filter(file -> file.toString().endsWith(".svtest"))
                    .filter(file -> !file.getParent().endsWith("failing"))
                    .sorted()
                    .toList();
        }
    }

    private static void pass(Path file, TestOptions options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        SieveTests.Means means =
                new SieveTests.Means(Clock.systemDefaultZone(), new SplittableRandom(), new OsPrograms(), "test");
        boolean passed = new SieveTests(options, print, print, means).run(List.of(file.toString()));
        assertThat(passed).as(out.toString(StandardCharsets.UTF_8)).isTrue();
    }
}
