package palomar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FuzzRunTest {
    private static final String RUNS = "-runs=500000";
    private static final String NOTHING = "none.**";

    @TempDir
    Path folder;

    private final List<String> output = new ArrayList<>();

    /// Fails on four bytes that stand in no seed: 256^4 tries when nothing says how near one is.
    public static final class Lock {
        private Lock() {}

        public static void fuzz(byte[] input) {
            if (input.length > 3 && input[0] == (byte) 0x93) {
                if (input[1] == 0x1c) {
                    if (input[2] == (byte) 0xe7) {
                        if (input[3] == 0x0b) {
                            throw new IllegalStateException("open");
                        }
                    }
                }
            }
        }
    }

    private Optional<Path> run(Path where, String instrumented, String budget) throws Exception {
        FuzzRun run = new FuzzRun(Lock.class, where, instrumented, 8);
        run.prepare(List.of("a seed of words".getBytes(StandardCharsets.US_ASCII)));
        return run.run(budget, output::add);
    }

    @Test
    void guidanceFindsWhatChanceDoesNot() throws Exception {
        assertThat(run(folder.resolve("blind"), NOTHING, RUNS))
                .as(output::toString)
                .isEmpty();
        Path found = run(folder.resolve("guided"), FuzzRun.PALOMAR, RUNS).orElseThrow();

        FuzzFailure failure = new FuzzFailure(Lock.class);
        byte[] small = failure.smaller(Files.readAllBytes(found));
        assertThat(small).containsExactly(0x93, 0x1c, 0xe7, 0x0b);
        assertThat(failure.of(small)).get().isInstanceOf(IllegalStateException.class);
        assertThat(output).anyMatch(line -> line.contains("cov: ") && line.contains("exec/s: "));
    }

    @Test
    @Tag("slow")
    void theSameSeedGivesTheSameRun() throws Exception {
        run(folder.resolve("one"), FuzzRun.PALOMAR, "-runs=3000");
        run(folder.resolve("two"), FuzzRun.PALOMAR, "-runs=3000");

        SortedMap<String, Long> one = corpus(folder.resolve("one"));
        assertThat(one).isNotEmpty().isEqualTo(corpus(folder.resolve("two")));
    }

    /// Names are hashes of the contents.
    private static SortedMap<String, Long> corpus(Path run) throws IOException {
        SortedMap<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.list(run.resolve("corpus"))) {
            for (Path file : files.toList()) {
                sizes.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return sizes;
    }

    static List<String> targets() throws Exception {
        return FuzzCorpusTest.targets();
    }

    /// Instrumented classes do what the others do: all that [FuzzCorpusTest] passes.
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("targets")
    void everyFileOfTheCorpusPassesInstrumented(String name) throws Exception {
        FuzzRun run = new FuzzRun(Class.forName("palomar.fuzz." + name + "Fuzz"), folder, FuzzRun.PALOMAR, 1);
        run.prepare(FuzzSeeds.of(name));
        assertThat(run.run("-runs=1", output::add)).as(output::toString).isEmpty();
        assertThat(output).anyMatch(line -> line.startsWith("INFO: Instrumented palomar."));
    }
}
