package palomar.fuzz;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import palomar.testkit.Seeds;

/// Runs one fuzz target for a time: `./dev fuzz NAME MINUTES`.
///
/// Inputs are mutations of [FuzzSeeds], the files in `src/test/fuzz-corpus/<name>/` among them. What fails is made
/// smaller, written to `target/fuzz/` and printed with the run's seed. An input that takes more than ten seconds fails
/// too: no parser here may be slower than linear.
public final class FuzzDriver {
    private static final long SLOW_NANOS = 10_000_000_000L;
    private static final int LONGEST = 64 * 1024;

    private final String name;
    private final Method target;
    private volatile byte[] running = new byte[0];
    private volatile long since = System.nanoTime();

    private FuzzDriver(String name) throws ReflectiveOperationException {
        this.name = name;
        this.target = Class.forName("palomar.fuzz." + name + "Fuzz").getMethod("fuzz", byte[].class);
    }

    public static void main(String[] args) throws Exception {
        String name = args[0];
        long minutes = Long.parseLong(args[1]);
        boolean good = new FuzzDriver(name).run(minutes * 60_000_000_000L);
        System.exit(good ? 0 : 1);
    }

    private boolean run(long nanos) throws IOException {
        List<byte[]> corpus = FuzzSeeds.of(name);
        RandomGenerator random = Seeds.random("fuzz " + name);
        FuzzMutator mutator = new FuzzMutator(corpus, random);
        Thread.ofPlatform().daemon().start(this::watch);
        System.out.printf("%sFuzz: %d seeds in the corpus, seed %d%n", name, corpus.size(), Seeds.seed());
        long start = System.nanoTime();
        long count = 0;
        for (byte[] file : corpus) {
            if (fails(file).isPresent()) {
                return report(file, count);
            }
        }
        while (System.nanoTime() - start < nanos) {
            byte[] input = mutator.next(LONGEST);
            if (fails(input).isPresent()) {
                return report(input, count);
            }
            count++;
        }
        System.out.printf("%sFuzz: %d inputs, nothing found%n", name, count);
        return true;
    }

    private Optional<Throwable> fails(byte[] input) {
        running = input;
        since = System.nanoTime();
        try {
            target.invoke(null, (Object) input.clone());
            return Optional.empty();
        } catch (InvocationTargetException failed) {
            return Optional.of(failed.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(name + "Fuzz.fuzz must be public and static", e);
        }
    }

    private boolean report(byte[] input, long count) throws IOException {
        Throwable first = fails(input).orElseThrow();
        byte[] small = smaller(input, first.getClass());
        fails(small).orElse(first).printStackTrace(System.out);
        System.out.printf("%sFuzz: failed after %d inputs, seed %d: %s%n", name, count, Seeds.seed(), write(small));
        return false;
    }

    private byte[] smaller(byte[] input, Class<?> failure) {
        byte[] best = input;
        for (int chunk = Math.max(1, best.length / 2); chunk > 0; chunk /= 2) {
            for (int at = 0; at < best.length; ) {
                byte[] candidate = FuzzMutator.without(best, at, Math.min(best.length, at + chunk));
                if (fails(candidate).filter(t -> t.getClass() == failure).isPresent()) {
                    best = candidate;
                } else {
                    at += chunk;
                }
            }
        }
        return best;
    }

    private Path write(byte[] input) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/fuzz"));
        String hash = HexFormat.of().toHexDigits(Arrays.hashCode(input));
        return Files.write(folder.resolve(name + "-" + hash), input).toAbsolutePath();
    }

    /// Ends the run when one input takes too long; the stack says where it hangs.
    private void watch() {
        Thread main = Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("main"))
                .findFirst()
                .orElseThrow();
        while (System.nanoTime() - since < SLOW_NANOS) {
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        }
        try {
            for (StackTraceElement element : main.getStackTrace()) {
                System.out.println("\tat " + element);
            }
            System.out.printf("%sFuzz: an input takes too long, seed %d: %s%n", name, Seeds.seed(), write(running));
        } catch (IOException e) {
            System.out.println(new String(running, StandardCharsets.ISO_8859_1));
        }
        Runtime.getRuntime().halt(1);
    }
}
