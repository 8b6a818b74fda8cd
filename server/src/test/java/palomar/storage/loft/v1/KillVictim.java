package palomar.storage.loft.v1;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.os.RealDisk;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// A process that writes into a loft and says each thing it was told, until it is killed. For [LoftKillTest].
final class KillVictim {
    private KillVictim() {}

    /// Arguments: folder, number of the round.
    public static void main(String[] arguments) throws IOException {
        LoftTuning tuning = LoftTuning.defaults()
                .withSegmentBytes(256 << 10)
                .withCheckpointBytes(100_000)
                .withMostUnindexed(10);
        LoftSettings settings =
                LoftSettings.of(Path.of(arguments[0])).withShards(2).withTuning(tuning);
        Random guids = new Random();
        LoftStorage loft = LoftStorage.open(settings, new RealDisk(), InstantSource.system(), guids, Event.SILENT);
        for (int i = 0; i < 4; i++) {
            int writer = i;
            Thread.ofPlatform().start(() -> {
                try {
                    write(loft, arguments[1] + "-" + writer, "user" + writer);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
    }

    static byte[] content(String subject) {
        String text = "Subject: " + subject + "\r\n\r\n" + (subject + " ").repeat(100) + "\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(LoftStorage loft, String name, String user) throws IOException {
        PrintStream out = System.out;
        try (UserMail mail = loft.open(user);
                Mailbox inbox =
                        mail.open(mail.find(MailboxName.INBOX).orElseThrow().id())) {
            for (int i = 0; ; i++) {
                String subject = name + "-" + i;
                try (Staging staging = loft.stage()) {
                    staging.write(content(subject));
                    var target = new Storage.Target(user, MailboxName.INBOX, new byte[0], Flags.NONE, Instant.EPOCH);
                    var result = loft.deliver(staging.finish(), List.of(target)).getFirst();
                    if (result instanceof Storage.Delivered.Stored stored) {
                        say(out, user + " " + stored.uid() + " " + subject);
                        if (i % 3 == 0) {
                            var uid = palomar.mail.UidSet.of(stored.uid());
                            var changed = inbox.store(uid, FlagChange.add(Flags.of(4)), -1);
                            say(out, user + " " + stored.uid() + " flagged " + changed.modSeq());
                        }
                    }
                }
            }
        }
    }

    private static void say(PrintStream out, String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
