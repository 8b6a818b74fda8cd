package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.os.RealDisk;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.journal.SegmentStore;
import palomar.testkit.Seeds;

/// Many threads on few mailboxes, with checkpoints and compaction under way.
class LoftConcurrencyTest {
    private static final int WRITERS = 6;
    private static final int EACH = 60;
    private static final Instant DATE = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private LoftStorage open() throws IOException {
        LoftTuning tuning = LoftTuning.defaults()
                .withSegmentBytes(256 << 10)
                .withCheckpointBytes(100_000)
                .withMostUnindexed(10)
                .withIdleBytes(10_000);
        LoftSettings settings = LoftSettings.of(folder).withShards(2).withTuning(tuning);
        return LoftStorage.open(settings, new RealDisk(), InstantSource.system(), Seeds.random("guids"), Event.SILENT);
    }

    @Test
    void whatManyWritersWereToldIsThereOnce() throws Exception {
        Map<String, String> told = new ConcurrentHashMap<>();
        AtomicBoolean done = new AtomicBoolean();
        try (LoftStorage loft = open();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int number = i;
                writers.add(threads.submit(call(() -> write(loft, number, told))));
            }
            List<Future<?>> others = new ArrayList<>();
            others.add(threads.submit(call(() -> flag(loft, done))));
            others.add(threads.submit(call(() -> read(loft, done))));
            others.add(threads.submit(call(() -> compact(loft, done))));
            finish(writers);
            done.set(true);
            finish(others);
            check(loft, told);
        }
        try (LoftStorage loft = open()) {
            check(loft, told);
            assertThat(new LoftTools(loft).verify(problem -> {
                        throw new AssertionError(problem.toString());
                    }))
                    .isZero();
        }
    }

    /// Something that runs in its own thread.
    private interface Work {
        void run() throws IOException;
    }

    private static Callable<Void> call(Work work) {
        return () -> {
            work.run();
            return null;
        };
    }

    private static void finish(List<Future<?>> futures) throws InterruptedException, ExecutionException {
        for (Future<?> future : futures) {
            future.get();
        }
    }

    private static Mailbox inbox(Storage loft, String user) {
        UserMail mail = loft.open(user);
        return mail.open(mail.find(MailboxName.INBOX).orElseThrow().id());
    }

    /// Delivers to both users, appends to one, moves every tenth into a mailbox of its own and back.
    private static void write(LoftStorage loft, int number, Map<String, String> told) throws IOException {
        String user = "user" + number % 2;
        try (Mailbox inbox = inbox(loft, user);
                UserMail mail = loft.open(user);
                Mailbox own = mail.open(
                        mail.create(MailboxName.of("own" + number), Set.of()).id())) {
            for (int i = 0; i < EACH; i++) {
                String subject = "writer " + number + " message " + i;
                byte[] content =
                        ("Subject: " + subject + "\r\n\r\n" + "text ".repeat(200)).getBytes(StandardCharsets.US_ASCII);
                try (Staging staging = loft.stage()) {
                    staging.write(content);
                    var message = staging.finish();
                    if (i % 3 == 0) {
                        var target = new Storage.Target(user, MailboxName.INBOX, new byte[0], Flags.NONE, DATE);
                        var result = (Storage.Delivered.Stored)
                                loft.deliver(message, List.of(target)).getFirst();
                        tell(told, user, result.uid(), subject);
                    } else {
                        var appended =
                                inbox.append(List.of(new Mailbox.NewMessage(message, new byte[0], Flags.NONE, DATE)));
                        long uid = appended.uids().first(0);
                        tell(told, user, uid, subject);
                        if (i % 10 == 1) {
                            UidSet there = inbox.move(UidSet.of(uid), own).target();
                            assertThat(own.copy(there, inbox).target().size()).isEqualTo(1);
                            told.remove(user + " " + uid);
                            own.store(UidSet.ALL, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
                            own.expunge(UidSet.ALL);
                        }
                    }
                }
            }
        }
    }

    private static void tell(Map<String, String> told, String user, long uid, String subject) {
        assertThat(told.put(user + " " + uid, subject)).as("a UID given twice").isNull();
    }

    private static void flag(LoftStorage loft, AtomicBoolean done) {
        try (Mailbox inbox = inbox(loft, "user0")) {
            for (int i = 0; !done.get(); i++) {
                long before = inbox.status().highestModSeq();
                FlagChange change = i % 2 == 0
                        ? FlagChange.add(Flags.of(SystemFlags.FLAGGED, "k" + i % 5))
                        : FlagChange.remove(Flags.of(SystemFlags.FLAGGED));
                Mailbox.Changed changed = inbox.store(UidSet.ALL, change, -1);
                if (!changed.changed().isEmpty()) {
                    assertThat(changed.modSeq()).isGreaterThan(before);
                }
            }
        }
    }

    /// Sequence numbers, rows and counters agree at each moment, and content is what was sent.
    private static void read(LoftStorage loft, AtomicBoolean done) throws IOException {
        try (Mailbox inbox = inbox(loft, "user0")) {
            long seen = 0;
            while (!done.get()) {
                MailboxView view = inbox.view();
                assertThat(view.highestModSeq()).isGreaterThanOrEqualTo(seen);
                seen = view.highestModSeq();
                try (MessageCursor cursor = inbox.cursor()) {
                    for (int seq = Math.max(1, view.count() - 20); seq <= view.count(); seq++) {
                        if (cursor.seek(view.uid(seq)) && !cursor.expunged()) {
                            String content = new String(cursor.content().bytes(), StandardCharsets.US_ASCII);
                            assertThat(content).startsWith("Subject: writer ");
                            assertThat(content).hasSize((int) cursor.size());
                            assertThat(cursor.digest().headerSize()).isEqualTo(content.indexOf("\r\n\r\n") + 4);
                        }
                    }
                }
            }
        }
    }

    private static void compact(LoftStorage loft, AtomicBoolean done) {
        while (!done.get()) {
            for (Shard shard : loft.shards()) {
                for (SegmentStore.Segment segment : shard.journal().segments()) {
                    if (segment.sealed() && !done.get()) {
                        assertThat(shard.compactor().run(segment)).isTrue();
                    }
                }
            }
            Thread.yield();
        }
    }

    private static void check(LoftStorage loft, Map<String, String> told) throws IOException {
        Map<String, String> found = new ConcurrentHashMap<>();
        Map<String, Integer> subjects = new ConcurrentHashMap<>();
        for (String user : List.of("user0", "user1")) {
            try (Mailbox inbox = inbox(loft, user);
                    MessageCursor cursor = inbox.cursor()) {
                MailboxView view = inbox.view();
                for (int seq = 1; seq <= view.count(); seq++) {
                    assertThat(cursor.seek(view.uid(seq))).isTrue();
                    String content = new String(cursor.content().bytes(), StandardCharsets.US_ASCII);
                    String subject = content.substring("Subject: ".length(), content.indexOf("\r\n"));
                    found.put(user + " " + view.uid(seq), subject);
                    subjects.merge(subject, 1, Integer::sum);
                }
            }
        }
        assertThat(found).containsAllEntriesOf(told);
        assertThat(subjects).hasSize(WRITERS * EACH);
        assertThat(subjects.values()).as("none twice").containsOnly(1);
    }
}
