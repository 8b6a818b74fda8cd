package palomar.sievetest;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import palomar.delivery.sieve.Programs;
import palomar.mail.MailException;
import palomar.sieve.Compilation;
import palomar.sieve.Extension;
import palomar.sieve.Language;
import palomar.sieve.Limits;
import palomar.sieve.Program;
import palomar.sieve.Run;
import palomar.sieve.Settings;
import palomar.sieve.SieveFault;
import palomar.sieve.TextTracer;
import palomar.sieve.Tracer;
import palomar.sieve.ext.Extensions;
import palomar.sieve.syntax.Diagnostic;

/// Runs test files, one after the other, each in a world of its own. One thread.
public final class SieveTests {
    private final TestOptions options;
    private final PrintStream out;
    private final PrintStream err;
    private final Language language;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Programs programs;
    private final String version;
    private int passedTests;
    private int failedTests;
    private final List<String> failures = new ArrayList<>();

    /// What files get from the outside.
    public record Means(InstantSource clock, RandomGenerator random, Programs programs, String version) {}

    /// Throws IllegalArgumentException when `-x` names an extension that there is not.
    public SieveTests(TestOptions options, PrintStream out, PrintStream err, Means means) {
        this.options = options;
        this.out = out;
        this.err = err;
        this.language = language(options.extensions());
        this.clock = means.clock();
        this.random = means.random();
        this.programs = means.programs();
        this.version = means.version();
    }

    /// A list of names; with `+` or `-` before each it changes the list of all.
    private static Language language(Optional<String> wanted) {
        List<Extension> all = new ArrayList<>(Extensions.all());
        all.add(new TestsuiteExtension());
        Language language = Language.of(Extensions.base(), all);
        if (wanted.isEmpty()) {
            return language;
        }
        List<String> known = language.capabilities();
        Set<String> names = new HashSet<>();
        boolean first = true;
        for (String word : wanted.get().replace(',', ' ').strip().split(" ", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            boolean minus = word.startsWith("-");
            boolean signed = minus || word.startsWith("+");
            String name = signed ? word.substring(1) : word;
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no extension \"" + name + "\"");
            }
            if (first && signed) {
                names.addAll(known);
            }
            first = false;
            if (minus) {
                names.remove(name);
            } else {
                names.add(name);
            }
        }
        names.add(TestsuiteExtension.NAME);
        return language.only(names);
    }

    /// True when every file passed.
    public boolean run(List<String> files) throws IOException {
        boolean passed = true;
        Path work = workFolder();
        try (PrintStream trace = stream(options.trace());
                PrintStream dump = stream(options.dump())) {
            for (String file : files) {
                passed &= run(file, trace, dump);
            }
        } finally {
            if (options.workFolder().isEmpty()) {
                deleteAll(work);
            }
        }
        out.println(passedTests + " passed, " + failedTests + " failed");
        out.flush();
        return passed;
    }

    /// Lines of the tests that failed, each behind the name of its file.
    public List<String> failures() {
        return List.copyOf(failures);
    }

    private Path workFolder() throws IOException {
        if (options.workFolder().isPresent()) {
            return Files.createDirectories(options.workFolder().get());
        }
        return Files.createTempDirectory("palomar-sieve-test");
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private PrintStream stream(Optional<String> where) throws IOException {
        if (where.isEmpty()) {
            return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        }
        if (where.get().equals("-")) {
            return new PrintStream(new Unclosed(out), true, StandardCharsets.UTF_8);
        }
        return new PrintStream(Files.newOutputStream(Path.of(where.get())), false, StandardCharsets.UTF_8);
    }

    private boolean run(String file, PrintStream trace, PrintStream dump) throws IOException {
        TestReport report = new TestReport(out, file);
        Optional<Tracer> tracer =
                options.trace().isPresent() ? Optional.of(new TextTracer(trace::println)) : Optional.empty();
        TestWorld.Equipment equipment = new TestWorld.Equipment(
                clock,
                random,
                programs,
                version,
                options.log() ? Optional.of(out) : Optional.empty(),
                err,
                options.reload(),
                options.debug(),
                tracer);
        Optional<Program> program = compile(file, report);
        if (program.isPresent()) {
            if (options.dump().isPresent()) {
                dump.print(ScriptText.of(program.get().tree()));
            }
            Path folder = Path.of(file).toAbsolutePath().normalize().getParent();
            try (TestWorld world = new TestWorld(folder == null ? Path.of("/") : folder, language, equipment, report)) {
                run(file, program.get(), world, report);
            }
        }
        boolean passed = report.end(options.expectFailure());
        passedTests += report.passedTests();
        failedTests += report.failedTests();
        report.failures().forEach(text -> failures.add(file + ": " + text));
        return passed;
    }

    private Optional<Program> compile(String file, TestReport report) {
        Compilation compilation;
        try {
            compilation = language.compile(Files.readAllBytes(Path.of(file)), Limits.USUAL);
        } catch (IOException | InvalidPathException unreadable) {
            err.println(file + ": it can't be read");
            report.wholeFileFailed("it can't be read");
            return Optional.empty();
        }
        for (Diagnostic each : compilation.diagnostics()) {
            err.println(file + ":" + each);
        }
        if (compilation.program().isEmpty()) {
            report.wholeFileFailed("it does not compile: "
                    + compilation.diagnostics().stream()
                            .filter(Diagnostic::isError)
                            .findFirst()
                            .map(Diagnostic::toString)
                            .orElse(compilation.summary()));
        }
        return compilation.program();
    }

    private void run(String file, Program program, TestWorld world, TestReport report) throws IOException {
        TestWorld.Place place = new TestWorld.Place(world, world.folder(), false, new boolean[1]);
        Run run = world.run(place);
        try {
            run.execute(program);
        } catch (SieveFault fault) {
            err.println(file + ":" + fault.at() + ": error: " + fault.getMessage());
            report.wholeFileFailed("aborted at " + fault.at() + ": " + fault.getMessage());
        } catch (MailException | Settings.BadSetting fault) {
            err.println(file + ":" + run.at() + ": error: " + fault.getMessage());
            report.wholeFileFailed("aborted at " + run.at() + ": " + fault.getMessage());
        }
    }

    /// Its close leaves the output open.
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
