package palomar.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import palomar.testkit.Seeds;

/// Runs one fuzz target for a time, guided by coverage: `./dev fuzz NAME MINUTES`.
///
/// It begins with [FuzzSeeds], the files in `src/test/fuzz-corpus/<name>/` among them, and with what earlier runs
/// found worth keeping in `build/fuzz/NAME/corpus`. What fails is made smaller, written beside that and printed
/// with the run's seed. An input that takes more than ten seconds fails too: no parser here may be slower than
/// linear.
public final class FuzzDriver {
    private FuzzDriver() {}

    public static void main(String[] args) throws Exception {
        String name = args[0];
        long seconds = 60 * Long.parseLong(args[1]);
        Class<?> target = Class.forName("palomar.fuzz." + name + "Fuzz");
        Path folder = Path.of("../build/fuzz", name).toAbsolutePath().normalize();
        FuzzRun run = new FuzzRun(target, folder, FuzzRun.PALOMAR, Math.max(1, Seeds.seed() & 0xffff_ffffL));
        List<byte[]> seeds = FuzzSeeds.of(name);
        run.prepare(seeds);
        System.out.printf("%sFuzz: %d seeds, seed %d, corpus in %s%n", name, seeds.size(), run.seed(), folder);
        Optional<Path> failed = run.run("-max_total_time=" + seconds, FuzzDriver::print);
        if (failed.isPresent()) {
            report(name, new FuzzFailure(target), failed.get(), run.seed());
            System.exit(1);
        }
        System.out.printf("%sFuzz: nothing found%n", name);
    }

    /// The measurements (`cov` edges reached, `corp` inputs kept, `exec/s`) and what fails, not each step.
    private static void print(String line) {
        boolean step = line.startsWith("#") && !line.contains("pulse") && !line.contains("INITED");
        if (!step
                && !line.startsWith("INFO: ")
                && !line.startsWith("OpenJDK")
                && !line.startsWith("\"")
                && !line.isBlank()) {
            System.out.println(line);
        }
    }

    private static void report(String name, FuzzFailure failure, Path failed, long seed) throws Exception {
        Path shown = failed;
        if (failed.getFileName().toString().startsWith("crash-")) {
            byte[] input = Files.readAllBytes(failed);
            byte[] small = failure.smaller(input);
            if (small.length < input.length) {
                shown = Files.write(failed.resolveSibling("small-" + FuzzRun.hash(small)), small);
            }
            failure.of(small).ifPresent(thrown -> thrown.printStackTrace(System.out));
        }
        System.out.printf("%sFuzz: failed, seed %d: %s%n", name, seed, shown);
    }
}
