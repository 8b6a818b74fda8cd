package palomar.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One run of Jazzer, which measures what each input reaches and keeps what reaches something new, in a process of
/// its own: instrumenting needs classes that were not loaded before.
///
/// In `folder` are `seeds` (written by [#prepare]), `corpus` (what was found to reach more, where the next run
/// goes on), `words` (a dictionary), and what failed: `crash-HASH`, `timeout-HASH`, `oom-HASH`.
///
/// @param target the class whose public static `fuzz(byte[])` is called
/// @param instrumented a glob of the classes whose branches and comparisons count
/// @param seed the same seed, seeds, corpus and number of inputs give the same run; 1 to 2^32 - 1
record FuzzRun(Class<?> target, Path folder, String instrumented, long seed) {
    private static final int LONGEST = 64 * 1024;
    private static final int SLOW_SECONDS = 10;
    private static final List<String> FAILURES = List.of("crash-", "timeout-", "oom-");

    /// Our code; drivers and generators among it, whose decisions count as well.
    static final String PALOMAR = "palomar.**";

    /// Writes seeds and dictionary.
    void prepare(List<byte[]> seeds) throws IOException {
        Files.createDirectories(folder.resolve("corpus"));
        Path written = Files.createDirectories(folder.resolve("seeds"));
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(written.resolve("%05d".formatted(i)), seeds.get(i));
        }
        String words = "# the words of the seeds; libFuzzer refuses an empty file\n" + FuzzWords.of(seeds);
        Files.writeString(folder.resolve("words"), words, StandardCharsets.US_ASCII);
    }

    /// @param budget Jazzer's limit of the run: `-runs=N` or `-max_total_time=SECONDS`
    /// @param output gets each line that Jazzer prints
    /// @return the input that failed, when one did
    /// @throws IOException when Jazzer could not run
    Optional<Path> run(String budget, Consumer<String> output) throws IOException, InterruptedException {
        List<Path> before = failures();
        Process process =
                new ProcessBuilder(command(budget)).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.accept(line);
            }
        } finally {
            process.destroy(); // has ended, unless reading broke off
        }
        int status = process.waitFor();
        List<Path> failed = failures();
        failed.removeAll(before);
        if (status != 0 && failed.isEmpty()) {
            throw new IOException("Jazzer ended with status " + status);
        }
        return failed.stream().findFirst();
    }

    private List<Path> failures() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.filter(file ->
                            FAILURES.stream().anyMatch(file.getFileName().toString()::startsWith))
                    .sorted()
                    .toList());
        }
    }

    private List<String> command(String budget) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dpalomar.seed=" + seed,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzEntry.class.getName(),
                "--target_args=" + target.getName(),
                "--instrumentation_includes=" + instrumented,
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-dict=" + folder.resolve("words"),
                "-seed=" + seed,
                "-max_len=" + LONGEST,
                "-timeout=" + SLOW_SECONDS,
                "-print_final_stats=1",
                budget,
                folder.resolve("corpus").toString(),
                folder.resolve("seeds").toString());
    }

    /// The file's name in the reports.
    static String hash(byte[] input) {
        return HexFormat.of().toHexDigits(Arrays.hashCode(input));
    }
}
