package palomar.delivery.sieve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.bytes.CrlfSource;
import palomar.sieve.Envelope;
import palomar.sieve.Host.ProgramFailure;
import palomar.sieve.Host.ProgramResult;
import palomar.sieve.Settings;

/// Programs of this machine, from the folders that the operator has set aside for them (`sieve_pipe_bin_dir` and
/// so on, one for each kind). No shell is involved; a name leads to nothing but a file of that folder. Safe for
/// many threads.
///
/// A program gets an environment with USER, HOME, SENDER, RECIPIENT, ORIG_RECIPIENT and PATH, and nothing of ours.
public final class OsPrograms implements Programs {
    private static final int MOST_OUTPUT = 64 << 20;
    private static final int MOST_ERROR = 2048;
    private static final long USUAL_SECONDS = 10;
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    @Override
    public ProgramResult run(Call call, Settings settings) throws ProgramFailure, IOException {
        String prefix = "sieve_" + call.kind() + "_";
        Path program = find(call.program(), settings.get(prefix + "bin_dir").orElse(""));
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(call.arguments());
        ProcessBuilder builder = new ProcessBuilder(words);
        environment(builder.environment(), call, settings);
        builder.directory(program.resolveSibling("").toFile());
        Process process = start(builder, call.program());
        try {
            boolean lf = settings.get(prefix + "input_eol").orElse("crlf").equalsIgnoreCase("lf");
            long seconds = settings.seconds(prefix + "exec_timeout", USUAL_SECONDS);
            return converse(process, call, lf, seconds);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new ProgramFailure("interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Path find(String name, String folder) throws ProgramFailure {
        boolean plain = !name.isEmpty()
                && !name.startsWith(".")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
        if (!plain) {
            throw new ProgramFailure("'" + name + "' can be no program");
        }
        if (folder.isBlank()) {
            throw new ProgramFailure("program '" + name + "' not found");
        }
        try {
            Path program = Path.of(folder.strip()).toAbsolutePath().normalize().resolve(name);
            if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                return program;
            }
        } catch (InvalidPathException bad) {
            throw new ProgramFailure("'" + name + "' can be no program");
        }
        throw new ProgramFailure("program '" + name + "' not found");
    }

    private static void environment(Map<String, String> variables, Call call, Settings settings) {
        Envelope envelope = call.envelope();
        variables.clear();
        variables.put("PATH", PATH);
        put(variables, "USER", Optional.of(call.user()));
        put(variables, "HOME", settings.get("home"));
        put(variables, "SENDER", envelope.from());
        put(variables, "RECIPIENT", envelope.to());
        put(variables, "ORIG_RECIPIENT", envelope.originalTo());
    }

    private static void put(Map<String, String> variables, String name, Optional<String> value) {
        value.filter(text -> text.indexOf(0) < 0).ifPresent(text -> variables.put(name, text));
    }

    private static Process start(ProcessBuilder builder, String name) throws ProgramFailure {
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new ProgramFailure("program '" + name + "' can't be started: " + failed.getMessage());
        }
    }

    private static ProgramResult converse(Process process, Call call, boolean lf, long seconds)
            throws ProgramFailure, IOException, InterruptedException {
        Reader output = new Reader(process.getInputStream(), MOST_OUTPUT);
        Reader complaints = new Reader(process.getErrorStream(), MOST_ERROR);
        Feeder feeder = new Feeder(process.getOutputStream(), call.input(), lf);
        List<Thread> threads = List.of(
                Thread.ofVirtual().start(output),
                Thread.ofVirtual().start(complaints),
                Thread.ofVirtual().start(feeder));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Math.max(1, seconds));
        boolean ended = process.waitFor(Math.max(1, seconds), TimeUnit.SECONDS);
        for (Thread thread : threads) {
            long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
            ended &= thread.join(Duration.ofMillis(left));
        }
        if (!ended) {
            throw new ProgramFailure("program '" + call.program() + "' took longer than " + seconds + " s");
        }
        feeder.check();
        if (output.exceeded) {
            throw new ProgramFailure("program '" + call.program() + "' wrote more than " + MOST_OUTPUT + " bytes");
        }
        return new ProgramResult(process.exitValue(), output.bytes.toByteArray());
    }

    /// Reads to the end and keeps the beginning.
    private static final class Reader implements Runnable {
        private final InputStream in;
        private final int most;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean exceeded;

        Reader(InputStream in, int most) {
            this.in = in;
            this.most = most;
        }

        @Override
        public void run() {
            byte[] chunk = new byte[8192];
            try (in) {
                for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                    int room = most - bytes.size();
                    exceeded |= count > room;
                    bytes.write(chunk, 0, Math.min(room, count));
                }
            } catch (IOException ended) {
                // It was ended by us; what it said until then is here.
            }
        }
    }

    /// Writes the message. A program may end without reading all of it.
    private static final class Feeder implements Runnable {
        private final OutputStream out;
        private final Optional<ByteSource> input;
        private final boolean lf;
        private @Nullable IOException unreadable;

        Feeder(OutputStream out, Optional<ByteSource> input, boolean lf) {
            this.out = out;
            this.input = input;
            this.lf = lf;
        }

        @Override
        public void run() {
            try (OutputStream to = out) {
                if (input.isPresent()) {
                    copy(input.get(), to);
                }
            } catch (IOException closed) {
                // The program has what it wanted.
            }
        }

        private void copy(ByteSource content, OutputStream to) throws IOException {
            byte[] chunk = new byte[16 * 1024];
            byte[] lines = new byte[chunk.length];
            try (InputStream in = open(content)) {
                boolean held = false;
                for (int count = read(in, chunk); count >= 0; count = read(in, chunk)) {
                    if (!lf) {
                        to.write(chunk, 0, count);
                        continue;
                    }
                    int length = 0;
                    for (int i = 0; i < count; i++) {
                        if (held && chunk[i] != '\n') {
                            to.write(lines, 0, length);
                            length = 0;
                            to.write('\r');
                        }
                        held = chunk[i] == '\r';
                        if (!held) {
                            lines[length++] = chunk[i];
                        }
                    }
                    to.write(lines, 0, length);
                }
                if (held) {
                    to.write('\r');
                }
            }
        }

        private InputStream open(ByteSource content) throws IOException {
            try {
                return lf
                        ? content.open(0, content.size())
                        : CrlfSource.of(content).open();
            } catch (IOException failed) {
                unreadable = failed;
                throw failed;
            }
        }

        private int read(InputStream in, byte[] chunk) throws IOException {
            try {
                return in.read(chunk);
            } catch (IOException failed) {
                unreadable = failed;
                throw failed;
            }
        }

        /// The program got only a part of the message: whatever it made of it is worth nothing.
        void check() throws IOException {
            if (unreadable != null) {
                throw unreadable;
            }
        }
    }
}
