package palomar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import palomar.bytes.ByteSource;
import palomar.bytes.CrlfSource;
import palomar.message.edit.EditedMessage;
import palomar.sieve.Compilation;
import palomar.sieve.Envelope;
import palomar.sieve.Limits;
import palomar.sieve.Program;
import palomar.sieve.QuietHost;
import palomar.sieve.Result;
import palomar.sieve.Run;
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
                    new Run(EditedMessage.of(mail), envelope, new QuietHost(), Limits.USUAL, result, null)
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
}
