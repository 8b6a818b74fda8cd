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
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.os.RealDisk;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.Staging;
import palomar.storage.UserMail;
import palomar.storage.loft.v1.LoftSettings;
import palomar.storage.loft.v1.LoftStorage;

/// What changes of flags and STATUS cost in the store, in wall and CPU time of the whole process: no sockets, no
/// IMAP. Arguments: folder, messages (100,000), operations (20,000).
public final class StoreBench {
    private static final PrintStream OUT = System.out;
    private static final Random RANDOM = new Random(7);
    private static final BitSet FLAGGED = new BitSet();

    private StoreBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "/tmp"), "store-bench");
        int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100_000;
        int operations = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20_000;
        LoftSettings settings = LoftSettings.of(folder).withShards(1);
        try (LoftStorage loft = LoftStorage.open(
                        settings, new RealDisk(), InstantSource.system(), new Random(1), Event.SILENT);
                UserMail mail = loft.open("anna");
                Mailbox inbox =
                        mail.open(mail.find(MailboxName.INBOX).orElseThrow().id())) {
            fill(loft, inbox, messages);
            for (int round = 0; round < 3; round++) {
                virtually("STORE one", operations, () -> storeOne(inbox, messages, operations));
                virtually("STORE 1:*", 40, () -> storeAll(inbox, 40));
                virtually("STATUS", operations, () -> status(mail, inbox, operations));
            }
        }
    }

    private static void fill(LoftStorage loft, Mailbox inbox, int messages) throws IOException {
        try (Staging staging = loft.stage()) {
            staging.write("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
            var one = new Mailbox.NewMessage(staging.finish(), new byte[0], Flags.NONE, Instant.EPOCH);
            List<Mailbox.NewMessage> all = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                all.add(one);
            }
            inbox.append(all);
        }
    }

    private static void storeOne(Mailbox inbox, int messages, int operations) {
        for (int i = 0; i < operations; i++) {
            int message = RANDOM.nextInt(messages);
            FLAGGED.flip(message);
            FlagChange change = FLAGGED.get(message)
                    ? FlagChange.add(Flags.of(SystemFlags.FLAGGED))
                    : FlagChange.remove(Flags.of(SystemFlags.FLAGGED));
            inbox.store(UidSet.of(1 + message), change, -1);
        }
    }

    private static void storeAll(Mailbox inbox, int times) {
        for (int i = 0; i < times; i++) {
            FlagChange change = i % 2 == 0
                    ? FlagChange.add(Flags.of(SystemFlags.ANSWERED))
                    : FlagChange.remove(Flags.of(SystemFlags.ANSWERED));
            inbox.store(UidSet.ALL, change, -1);
        }
    }

    private static void status(UserMail mail, Mailbox inbox, int operations) {
        long sum = 0;
        for (int i = 0; i < operations; i++) {
            sum += mail.status(inbox.id()).messages();
        }
        if (sum == 0) {
            throw new IllegalStateException("no messages");
        }
    }

    /// Runs in a virtual thread, as sessions do.
    private static void virtually(String what, int operations, Runnable work) throws InterruptedException {
        var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        Thread.ofVirtual().start(work).join();
        double wall = (System.nanoTime() - start) / 1e3 / operations;
        double spent = (process.getProcessCpuTime() - cpu) / 1e3 / operations;
        OUT.printf("%-10s %9.1f us wall, %9.1f us CPU each%n", what, wall, spent);
    }
}
