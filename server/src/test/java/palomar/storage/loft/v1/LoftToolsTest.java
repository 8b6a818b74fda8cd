package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.os.RealDisk;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.Staging;
import palomar.storage.UserMail;
import palomar.storage.journal.SegmentStore;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

class LoftToolsTest {
    private static final Path FOLDER = Path.of("/loft");
    private static final Instant DATE = Instant.parse("2026-02-03T04:05:06Z");

    private final RandomGenerator random = Seeds.random("tools");
    private final HostileDisk disk = new HostileDisk(random);

    private LoftStorage open() throws IOException {
        return open(64 << 10);
    }

    private LoftStorage open(int segmentBytes) throws IOException {
        LoftTuning tuning = LoftTuning.defaults()
                .withSegmentBytes(segmentBytes)
                .withMostUnindexed(3)
                .withIdleBytes(0);
        LoftSettings settings = LoftSettings.of(FOLDER).withShards(2).withTuning(tuning);
        return LoftStorage.open(settings, disk, InstantSource.system(), random, Event.SILENT);
    }

    private static void deliver(LoftStorage loft, String mailbox, String content, Flags flags) throws IOException {
        try (Staging staging = loft.stage()) {
            staging.write(content.getBytes(StandardCharsets.US_ASCII));
            byte[] head = "Return-Path: <x@y>\r\n".getBytes(StandardCharsets.US_ASCII);
            loft.deliver(
                    staging.finish(),
                    List.of(new palomar.storage.Storage.Target(
                            History.USER, MailboxName.of(mailbox), head, flags, DATE)));
        }
    }

    private static List<LoftProblem> problems(LoftStorage loft) throws IOException {
        List<LoftProblem> problems = new ArrayList<>();
        assertThat(new LoftTools(loft).verify(problems::add)).isEqualTo(problems.size());
        return problems;
    }

    @Test
    void verifyFindsNothingInASoundStoreAndDamageInADamagedOne() throws IOException {
        History history = new History(random, 40, false);
        try (LoftStorage loft = open()) {
            for (History.Deed deed : history.deeds()) {
                deed.step().run(loft);
            }
            History.deliverOne(loft);
            assertThat(problems(loft)).as("seed " + Seeds.seed()).isEmpty();
        }
        flipBody();
        try (LoftStorage loft = open()) {
            assertThat(problems(loft)).isNotEmpty();
        }
    }

    private void flipBody() throws IOException {
        for (Path file : disk.files()) {
            byte[] bytes = disk.content(file);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int at = text.indexOf("one more");
            if (file.toString().contains("/log/") && at > 0) {
                bytes[at] ^= 1;
                disk.put(file, bytes);
            }
        }
    }

    @Test
    void aDamagedMessageIsRefusedAndToldOnceAndTheRestServes() throws IOException {
        try (LoftStorage loft = open()) {
            deliver(loft, "INBOX", "Subject: first\r\n\r\nunhurt\r\n", Flags.NONE);
            History.deliverOne(loft);
        }
        flipBody();
        List<String> told = new ArrayList<>();
        Event event = Event.root(new Event.Sink() {
            @Override
            public boolean wants(Event.Level level, String name) {
                return level == Event.Level.ERROR;
            }

            @Override
            public void accept(
                    Event.Level level,
                    String name,
                    List<Object> fields,
                    String text,
                    @org.jspecify.annotations.Nullable Throwable cause) {
                told.add(name);
            }
        });
        LoftSettings settings = LoftSettings.of(FOLDER).withShards(2);
        try (LoftStorage loft = LoftStorage.open(settings, disk, InstantSource.system(), random, event);
                UserMail mail = loft.open(History.USER);
                var inbox = mail.open(mail.find(MailboxName.INBOX).orElseThrow().id());
                var cursor = inbox.cursor()) {
            told.clear();
            assertThat(cursor.seek(2)).isTrue();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> cursor.content().bytes()).isInstanceOf(IOException.class);
            }
            assertThat(told).containsExactly("loft.damage");
            assertThat(cursor.digest().headerSize())
                    .as("the digest is another frame")
                    .isPositive();
            assertThat(cursor.seek(1)).isTrue();
            assertThat(new String(cursor.content().bytes(), StandardCharsets.US_ASCII))
                    .endsWith("unhurt\r\n");
        }
    }

    @Test
    void rebuildThrowsAwayOnlyWhatIsDerived() throws IOException {
        History history = new History(random, 60, false);
        String before;
        try (LoftStorage loft = open()) {
            for (History.Deed deed : history.deeds()) {
                deed.step().run(loft);
            }
            before = Portrait.of(loft, History.USER);
        }
        assertThat(LoftTools.rebuild(FOLDER, disk, 64 << 10)).isEqualTo(2);
        assertThat(disk.files()).noneMatch(file -> file.toString().contains("/idx/"));
        try (LoftStorage loft = open()) {
            assertThat(Portrait.of(loft, History.USER)).isEqualTo(before);
            assertThat(problems(loft)).isEmpty();
        }
    }

    @Test
    void rebuildRefusesAStoreThatIsOpen() throws IOException {
        try (LoftStorage loft = open()) {
            assertThat(loft.traits().name()).isEqualTo("loft");
            assertThatThrownBy(() -> LoftTools.rebuild(FOLDER, disk, 64 << 10)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void afterAnOlderCopyWasPutBackNothingIsGivenTwiceAndClientsLearnWhatTheyMustForget() throws IOException {
        for (int i = 0; i < 5; i++) {
            try (LoftStorage loft = open()) {
                deliver(loft, "INBOX", "Subject: " + i + "\r\n\r\nkept\r\n", Flags.of(SystemFlags.SEEN));
            }
        }
        HostileDisk copy = disk.copy(random);
        long newestModSeq;
        long uidValidity;
        long lostId;
        try (LoftStorage loft = open();
                UserMail mail = loft.open(History.USER)) {
            deliver(loft, "INBOX", "Subject: lost\r\n\r\nlost\r\n", Flags.NONE);
            lostId = mail.create(MailboxName.of("lost"), Set.of()).id().value();
            try (var inbox =
                    mail.open(mail.find(MailboxName.INBOX).orElseThrow().id())) {
                inbox.store(UidSet.of(1), FlagChange.remove(Flags.of(SystemFlags.SEEN)), -1);
                assertThat(inbox.view().uids()).isEqualTo(UidSet.ofRange(1, 6));
                newestModSeq = inbox.view().highestModSeq();
                uidValidity = inbox.uidValidity();
            }
        }
        LoftSettings settings = LoftSettings.of(FOLDER).withShards(2);
        try (LoftStorage loft = LoftStorage.open(settings, copy, InstantSource.system(), random, Event.SILENT)) {
            assertThat(new LoftTools(loft).restored()).isEqualTo(1);
        }
        LoftTools.rebuild(FOLDER, copy, 64 << 10);
        try (LoftStorage loft = LoftStorage.open(settings, copy, InstantSource.system(), random, Event.SILENT);
                UserMail mail = loft.open(History.USER);
                var inbox = mail.open(mail.find(MailboxName.INBOX).orElseThrow().id())) {
            assertThat(inbox.uidValidity()).isEqualTo(uidValidity);
            assertThat(inbox.view().uids()).isEqualTo(UidSet.ofRange(1, 5));
            assertThat(inbox.vanishedSince(newestModSeq, UidSet.ofRange(1, 6))).isEqualTo(UidSet.of(6));
            assertThat(inbox.changedSince(newestModSeq)).isEqualTo(UidSet.ofRange(1, 5));
            deliver(loft, "INBOX", "Subject: new\r\n\r\nnew\r\n", Flags.NONE);
            assertThat(inbox.view().uid(6)).isGreaterThan(1 << 20);
            assertThat(inbox.view().highestModSeq()).isGreaterThan(newestModSeq);
            assertThat(mail.create(MailboxName.of("new"), Set.of()).id().value())
                    .isGreaterThan(lostId);
            assertThat(problems(loft)).isEmpty();
        }
    }

    @Test
    void statsCountWhatIsThere() throws IOException {
        try (LoftStorage loft = open()) {
            deliver(loft, "INBOX", "Subject: a\r\n\r\nb\r\n", Flags.NONE);
            deliver(loft, "INBOX", "Subject: a\r\n\r\nb\r\n", Flags.NONE);
            LoftStats stats = new LoftTools(loft).stats();
            assertThat(stats.shards()).hasSize(2);
            assertThat(stats.shards().stream()
                            .mapToLong(LoftStats.ShardStats::users)
                            .sum())
                    .isEqualTo(1);
            assertThat(stats.shards().stream()
                            .mapToLong(LoftStats.ShardStats::messages)
                            .sum())
                    .isEqualTo(2);
            assertThat(stats.shards().stream()
                            .mapToLong(shard -> shard.frames().getOrDefault("body", 0L))
                            .sum())
                    .isEqualTo(2);
            assertThat(stats.shards().stream()
                            .mapToLong(LoftStats.ShardStats::liveBytes)
                            .sum())
                    .isPositive();
        }
    }

    @Test
    void exportToMboxQuotesFromLinesAndKeepsFlags(@TempDir Path target) throws IOException {
        try (LoftStorage loft = open()) {
            String content = "Subject: a\r\n\r\nFrom here\r\n>From there\r\n>>Fro\r\nend\rless";
            deliver(loft, "INBOX", content, Flags.of(SystemFlags.SEEN | SystemFlags.FLAGGED, "$Junk"));
            assertThat(new LoftTools(loft).export(History.USER, ExportFormat.MBOX, target))
                    .isEqualTo(1);
            assertThatThrownBy(() -> new LoftTools(loft).export("nobody", ExportFormat.MBOX, target))
                    .isInstanceOf(MailException.class);
        }
        assertThat(Files.readString(target.resolve("INBOX")).replaceFirst("X-IMAPbase: [0-9]+", "X-IMAPbase: 7"))
                .isEqualTo("From MAILER-DAEMON Tue Feb 03 04:05:06 2026\nX-IMAPbase: 7 1\nX-UID: 1\nStatus: RO\n"
                        + "X-Status: F\nX-Keywords: $Junk\nReturn-Path: <x@y>\nSubject: a\n\n>From here\n"
                        + ">>From there\n>>Fro\nend\rless\n\n");
    }

    @Test
    void exportToMaildirKeepsBytesUidsAndFlags(@TempDir Path target) throws IOException {
        long uidValidity;
        try (LoftStorage loft = open()) {
            try (UserMail mail = loft.open(History.USER)) {
                uidValidity =
                        mail.create(MailboxName.of("Entwürfe/v1.0"), Set.of()).uidValidity();
            }
            deliver(loft, "Entwürfe/v1.0", "Subject: a\r\n\r\nb\r\n", Flags.of(SystemFlags.SEEN, "work"));
            assertThat(new LoftTools(loft).export(History.USER, ExportFormat.MAILDIR, target))
                    .isEqualTo(1);
        }
        Path folder = target.resolve(".Entw&APw-rfe.v1&AC4-0");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder.resolve("cur"))) {
            files = all.toList();
        }
        assertThat(files).hasSize(1);
        assertThat(files.getFirst().toString()).endsWith(":2,Sa");
        assertThat(Files.readString(files.getFirst())).isEqualTo("Return-Path: <x@y>\r\nSubject: a\r\n\r\nb\r\n");
        assertThat(Files.getLastModifiedTime(files.getFirst()).toInstant()).isEqualTo(DATE);
        assertThat(Files.readAllLines(folder.resolve("dovecot-uidlist")))
                .satisfiesExactly(
                        head -> assertThat(head).isEqualTo("3 V" + uidValidity + " N2"),
                        line -> assertThat(line).startsWith("1 G"));
        assertThat(Files.readString(folder.resolve("dovecot-keywords"))).isEqualTo("0 work\n");
        assertThat(Files.exists(target.resolve("cur")))
                .as("INBOX is the folder itself")
                .isTrue();
    }

    @Test
    void exportWritesAnnotationsBeside(@TempDir Path target) throws IOException {
        try (LoftStorage loft = open()) {
            deliver(loft, "INBOX", "Subject: a\r\n\r\nb\r\n", Flags.NONE);
            deliver(loft, "INBOX", "Subject: b\r\n\r\nb\r\n", Flags.NONE);
            LoftTools tools = new LoftTools(loft);
            tools.export(History.USER, ExportFormat.MAILDIR, target.resolve("none"));
            assertThat(target.resolve("none/palomar-annotations")).doesNotExist();
            try (UserMail mail = loft.open(History.USER)) {
                UserMail.Entry inbox = mail.find(MailboxName.INBOX).orElseThrow();
                mail.attributes().change(value("metadata/private/filters/values/x", "ALL"));
                mail.attributes(inbox.id()).change(value("metadata/shared/comment", "a\tb\n"));
                mail.attributes(inbox.id()).change(value("urlauth/key", "secret"));
                try (Mailbox mailbox = mail.open(inbox.id())) {
                    mailbox.annotate(UidSet.of(2), value("priv/comment", "two"), -1);
                }
            }
            for (ExportFormat format : ExportFormat.values()) {
                tools.export(History.USER, format, target.resolve(format.name()));
            }
        }
        String expected = "\t0\t/private/filters/values/x\tQUxM\nINBOX\t0\t/shared/comment\tYQliCg==\n"
                + "INBOX\t2\tpriv/comment\tdHdv\n";
        assertThat(target.resolve("MAILDIR/palomar-annotations")).hasContent(expected);
        assertThat(target.resolve("MBOX/.palomar-annotations")).hasContent(expected);
    }

    private static Map<String, Optional<byte[]>> value(String name, String text) {
        return Map.of(name, Optional.of(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void compactionGivesTheSpaceOfExpungedMailBack() throws IOException {
        compactionGivesSpaceBack(64 << 10);
    }

    @Test
    void compactionEndsTheSegmentThatIsBeingWrittenWhenItIsMostlyDead() throws IOException {
        compactionGivesSpaceBack(1 << 20);
    }

    private void compactionGivesSpaceBack(int segmentBytes) throws IOException {
        try (LoftStorage loft = open(segmentBytes)) {
            String text = "x".repeat(70).concat("\r\n").repeat(300);
            for (int i = 0; i < 12; i++) {
                deliver(loft, "INBOX", "Subject: " + i + "\r\n\r\n" + text, Flags.of(i == 5 ? 0 : SystemFlags.DELETED));
            }
            try (UserMail mail = loft.open(History.USER);
                    var inbox =
                            mail.open(mail.find(MailboxName.INBOX).orElseThrow().id())) {
                inbox.expunge(UidSet.ALL);
                long before = bytes(loft);
                assertThat(new LoftTools(loft).compact()).isPositive();
                assertThat(bytes(loft)).isLessThan(before / 2);
                assertThat(inbox.view().uids()).isEqualTo(UidSet.of(6));
                try (var cursor = inbox.cursor()) {
                    assertThat(cursor.seek(6)).isTrue();
                    assertThat(cursor.content().bytes()).hasSize((int) cursor.size());
                }
            }
            assertThat(problems(loft)).isEmpty();
        }
    }

    @Test
    void anyNumberOfLostIndexFilesCostsOneWalkOverTheLog() throws IOException {
        String text = "x".repeat(70).concat("\r\n").repeat(200);
        int boxes = 10;
        try (LoftStorage loft = open();
                UserMail mail = loft.open(History.USER)) {
            for (int box = 0; box < boxes; box++) {
                mail.create(MailboxName.of("box" + box), Set.of());
            }
            for (int i = 0; i < 10 * boxes; i++) {
                deliver(loft, "box" + i % boxes, "Subject: " + i + "\r\n\r\n" + text, Flags.NONE);
            }
            // The keeper gets around to it.
            while (loft.shards().stream()
                    .flatMap(shard -> shard.catalog().boxes().stream())
                    .anyMatch(box -> box.status().messages() > 0 && box.indexLsn() == 0)) {
                LockSupport.parkNanos(1_000_000);
            }
            loft.shards().forEach(Shard::checkpoint);
        }
        int lost = 0;
        for (Path file : disk.files()) {
            if (file.toString().endsWith(IndexReader.SUFFIX)) {
                disk.delete(file);
                lost++;
            }
        }
        assertThat(lost).isEqualTo(boxes);
        try (LoftStorage loft = open();
                UserMail mail = loft.open(History.USER)) {
            List<Long> costs = new ArrayList<>();
            for (int box = 0; box < boxes; box++) {
                long before = disk.calls();
                MailboxName name = MailboxName.of("box" + box);
                try (var opened = mail.open(mail.find(name).orElseThrow().id())) {
                    costs.add(disk.calls() - before);
                    assertThat(opened.view().count()).isEqualTo(10);
                }
            }
            long walk = costs.getFirst();
            assertThat(costs.subList(1, boxes)).allMatch(cost -> cost < walk);
        }
    }

    private static long bytes(LoftStorage loft) {
        return loft.shards().stream()
                .flatMap(shard -> shard.journal().segments().stream())
                .mapToLong(SegmentStore.Segment::length)
                .sum();
    }

    @Test
    void realDiskAndHostileDiskAgreeOnWhatIsWritten(@TempDir Path folder) throws IOException {
        LoftSettings settings = LoftSettings.of(folder).withShards(1);
        try (LoftStorage loft =
                LoftStorage.open(settings, new RealDisk(), InstantSource.system(), random, Event.SILENT)) {
            deliver(loft, "INBOX", "Subject: a\r\n\r\nb\r\n", Flags.NONE);
            assertThat(problems(loft)).isEmpty();
        }
    }
}
