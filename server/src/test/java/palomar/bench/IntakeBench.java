package palomar.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.message.MessageParser;
import palomar.os.RealDisk;
import palomar.storage.Mailbox;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.loft.v1.LoftSettings;
import palomar.storage.loft.v1.LoftStorage;

/// What taking in one message costs: CPU time and allocation of the thread that does it (least of the rounds), and
/// CPU of the process, the committer's and the collector's included. Arguments: folder of mails, rounds (20),
/// store's folder.
public final class IntakeBench {
    private static final PrintStream OUT = System.out;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    /// As much as a session reads at once.
    private static final int PIECE = 8 << 10;
    /// Over all mails, in one round.
    private static final int PASSES = 5;

    private IntakeBench() {}

    @FunctionalInterface
    private interface Work {
        void take(byte[] mail) throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        List<byte[]> mails = mails(Path.of(arguments[0]));
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        measure("parse", rounds, mails, mail -> {
            MessageParser parser = new MessageParser();
            for (int at = 0; at < mail.length; at += PIECE) {
                parser.feed(mail, at, Math.min(PIECE, mail.length - at));
            }
            parser.finish();
        });
        Path folder = Files.createTempDirectory(Path.of(arguments.length > 2 ? arguments[2] : "/tmp"), "intake-bench");
        LoftSettings settings = LoftSettings.of(folder).withShards(1).withSync(LoftSettings.Sync.NONE);
        InstantSource clock = InstantSource.system();
        try (LoftStorage loft = LoftStorage.open(settings, new RealDisk(), clock, new Random(1), Event.SILENT)) {
            rounds(rounds, mails, loft);
        }
    }

    private static void rounds(int rounds, List<byte[]> mails, LoftStorage loft) throws IOException {
        try (UserMail mail = loft.open("anna");
                Mailbox inbox =
                        mail.open(mail.find(MailboxName.INBOX).orElseThrow().id())) {
            measure("stage", rounds, mails, one -> {
                try (Staging staging = staged(loft, one)) {
                    staging.finish();
                }
            });
            measure("append", rounds, mails, one -> {
                try (Staging staging = staged(loft, one)) {
                    inbox.append(
                            List.of(new Mailbox.NewMessage(staging.finish(), new byte[0], Flags.NONE, Instant.EPOCH)));
                }
            });
        }
        byte[] head =
                "Return-Path: <a@example.com>\r\nDelivered-To: bob@example.com\r\n".getBytes(StandardCharsets.US_ASCII);
        measure("deliver", rounds, mails, one -> {
            try (Staging staging = staged(loft, one)) {
                var target = new Storage.Target("bob", MailboxName.INBOX, head, Flags.NONE, Instant.EPOCH);
                loft.deliver(staging.finish(), List.of(target));
            }
        });
    }

    private static Staging staged(LoftStorage loft, byte[] mail) throws IOException {
        Staging staging = loft.stage();
        for (int at = 0; at < mail.length; at += PIECE) {
            staging.write(mail, at, Math.min(PIECE, mail.length - at));
        }
        return staging;
    }

    private static List<byte[]> mails(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.sorted().toList();
            List<byte[]> mails = new ArrayList<>();
            for (Path file : sorted) {
                mails.add(Files.readAllBytes(file));
            }
            return mails;
        }
    }

    private static void measure(String what, int rounds, List<byte[]> mails, Work work) throws IOException {
        double least = Double.MAX_VALUE;
        double leastAll = Double.MAX_VALUE;
        double bytes = 0;
        for (int round = 0; round < rounds; round++) {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long all = PROCESS.getProcessCpuTime();
            long own = THREADS.getCurrentThreadCpuTime();
            for (int pass = 0; pass < PASSES; pass++) {
                for (byte[] mail : mails) {
                    work.take(mail);
                }
            }
            double taken = PASSES * mails.size();
            least = Math.min(least, (THREADS.getCurrentThreadCpuTime() - own) / 1e3 / taken);
            leastAll = Math.min(leastAll, (PROCESS.getProcessCpuTime() - all) / 1e3 / taken);
            bytes = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / taken;
        }
        OUT.printf("%-16s %6.1f us own, %6.1f us all CPU, %8.0f bytes allocated each%n", what, least, leastAll, bytes);
    }
}
