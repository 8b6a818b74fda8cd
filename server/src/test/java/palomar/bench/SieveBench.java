package palomar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import palomar.bytes.ByteSource;
import palomar.bytes.CrlfSource;
import palomar.message.edit.EditedMessage;
import palomar.sieve.Compilation;
import palomar.sieve.Envelope;
import palomar.sieve.Host;
import palomar.sieve.Limits;
import palomar.sieve.Program;
import palomar.sieve.Result;
import palomar.sieve.Run;
import palomar.sieve.Settings;
import palomar.sieve.ext.Extensions;

/// How many messages a second one thread runs a script over: from the bytes of a message to its result, without
/// storing it. Arguments: script, folder of mails, seconds a round (3), rounds (5). The best round counts.
public final class SieveBench {
    private static final PrintStream OUT = System.out;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private SieveBench() {}

    public static void main(String[] arguments) throws IOException {
        byte[] script = Files.readAllBytes(Path.of(arguments[0]));
        List<ByteSource> mails = mails(Path.of(arguments[1]));
        long seconds = arguments.length > 2 ? Long.parseLong(arguments[2]) : 3;
        int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
        Compilation compiled = Extensions.language().compile(script, Limits.USUAL);
        Program program = compiled.program()
                .orElseThrow(() ->
                        new IllegalArgumentException(compiled.diagnostics().toString()));
        double best = 0;
        long actions = 0;
        for (int round = 0; round < rounds; round++) {
            long began = THREADS.getCurrentThreadCpuTime();
            long end = began + seconds * 1_000_000_000L;
            long count = 0;
            while (THREADS.getCurrentThreadCpuTime() < end) {
                for (ByteSource mail : mails) {
                    Result result = new Result();
                    Envelope envelope = Envelope.of("sender@example.com", "bob+chess0@example.org");
                    new Run(EditedMessage.of(mail), envelope, new Nowhere(), Limits.USUAL, result, null)
                            .execute(program);
                    actions += result.actions().size();
                    count++;
                }
            }
            double rate = count * 1e9 / (THREADS.getCurrentThreadCpuTime() - began);
            best = Math.max(best, rate);
        }
        OUT.printf(
                "palomar: %,.0f messages a second on one core (%d mails, %d actions)%n", best, mails.size(), actions);
    }

    private static List<ByteSource> mails(Path folder) throws IOException {
        List<ByteSource> mails = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".eml")).sorted().toList()) {
                mails.add(CrlfSource.of(ByteSource.of(Files.readAllBytes(file))));
            }
        }
        return mails;
    }

    /// A world in which there is nothing.
    private static final class Nowhere implements Host {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public ZoneId zone() {
            return ZoneOffset.UTC;
        }

        @Override
        public String user() {
            return "bob";
        }

        @Override
        public Optional<String> mainAddress() {
            return Optional.empty();
        }

        @Override
        public Settings settings() {
            return Settings.NONE;
        }

        @Override
        public Optional<String> environment(String item) {
            return Optional.empty();
        }

        @Override
        public boolean mailboxExists(String mailbox) {
            return false;
        }

        @Override
        public boolean mailboxIdExists(String id) {
            return false;
        }

        @Override
        public boolean specialUseExists(Optional<String> mailbox, Set<String> uses) {
            return false;
        }

        @Override
        public Optional<String> metadata(Optional<String> mailbox, String entry) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> script(boolean personal, String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> sharedVariable(String name) {
            return Optional.empty();
        }

        @Override
        public void sharedVariable(String name, String value) {}

        @Override
        public boolean hasList(String list) {
            return false;
        }

        @Override
        public boolean listContains(String list, String value) {
            return false;
        }

        @Override
        public boolean wasSeen(String key) {
            return false;
        }

        @Override
        public ProgramResult run(String kind, String program, List<String> words, Optional<ByteSource> input)
                throws ProgramFailure {
            throw new ProgramFailure("no programs");
        }

        @Override
        public void log(LogLevel level, String text) {}
    }
}
