package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.Staging;
import palomar.storage.UserMail;
import palomar.storage.journal.SegmentStore;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

/// What was expunged when is known after all that may happen to a store.
class LoftVanishedTest {
    private static final Path FOLDER = Path.of("/loft");
    private static final int MESSAGES = 3000;

    private final HostileDisk disk = new HostileDisk(Seeds.random("disk"));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private LoftStorage open(Retention retention, int mostUnindexed) throws IOException {
        LoftTuning tuning = LoftTuning.defaults()
                .withSegmentBytes(64 << 10)
                .withMostUnindexed(mostUnindexed)
                .withIdleBytes(0)
                .withHistory(retention);
        LoftSettings settings = LoftSettings.of(FOLDER).withShards(1).withTuning(tuning);
        return LoftStorage.open(settings, disk, () -> now, Seeds.random("guids"), Event.SILENT);
    }

    private static void withInbox(LoftStorage loft, BiConsumer<LoftStorage, Mailbox> work) {
        try (UserMail mail = loft.open("anna");
                Mailbox inbox =
                        mail.open(mail.find(MailboxName.INBOX).orElseThrow().id())) {
            work.accept(loft, inbox);
        }
    }

    private static void fill(LoftStorage loft, Mailbox inbox) {
        try (Staging staging = loft.stage()) {
            staging.write("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
            var one = new Mailbox.NewMessage(staging.finish(), new byte[0], Flags.NONE, Instant.EPOCH);
            List<Mailbox.NewMessage> all = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                all.add(one);
            }
            inbox.append(all);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// One expunge of 20 messages a day: mod-sequence of the first of them first.
    private List<Long> expungeDaily(Mailbox inbox) {
        List<Long> modSeqs = new ArrayList<>();
        for (long uid = 1; uid <= 2000; uid += 20) {
            UidSet some = UidSet.ofRange(uid, uid + 19);
            inbox.store(some, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
            modSeqs.add(inbox.expunge(some).modSeq());
            now = now.plus(Duration.ofDays(1));
        }
        return modSeqs;
    }

    private static void compactAll(LoftStorage loft) {
        Shard shard = loft.shards().getFirst();
        shard.journal().roll();
        for (SegmentStore.Segment segment : shard.journal().segments()) {
            if (segment.sealed()) {
                assertThat(shard.compactor().run(segment)).isTrue();
            }
        }
    }

    private void survives(int mostUnindexed, boolean compact, boolean rebuild) throws IOException {
        List<Long> modSeqs = new ArrayList<>();
        try (LoftStorage loft = open(Retention.USUAL, mostUnindexed)) {
            withInbox(loft, LoftVanishedTest::fill);
            withInbox(loft, (_, inbox) -> modSeqs.addAll(expungeDaily(inbox)));
            if (compact) {
                compactAll(loft);
                compactAll(loft);
            }
        }
        if (rebuild) {
            LoftTools.rebuild(FOLDER, disk, 64 << 10);
        }
        try (LoftStorage loft = open(Retention.USUAL, mostUnindexed)) {
            withInbox(loft, (_, inbox) -> {
                for (int i = 0; i < modSeqs.size(); i++) {
                    UidSet gone = i == 99 ? UidSet.EMPTY : UidSet.ofRange(20L * (i + 1) + 1, 2000);
                    assertThat(inbox.vanishedSince(modSeqs.get(i), UidSet.ALL))
                            .as("after expunge " + i)
                            .isEqualTo(gone);
                }
                assertThat(((LoftMailbox) inbox).loadedBox().vanished().reaches(modSeqs.getFirst() - 1))
                        .isTrue();
            });
        }
    }

    @Test
    void itSurvivesReopeningWithAndWithoutIndexFiles() throws IOException {
        survives(1000, false, false);
    }

    @Test
    void itSurvivesReopeningFromIndexFiles() throws IOException {
        survives(3, false, false);
    }

    @Test
    void itSurvivesCompactionOfEverySegment() throws IOException {
        survives(1000, true, false);
    }

    @Test
    void itSurvivesCompactionBesideIndexFiles() throws IOException {
        survives(3, true, false);
    }

    @Test
    void itSurvivesCompactionAndRebuilding() throws IOException {
        survives(3, true, true);
    }

    @Test
    void whatIsBeyondBothLimitsIsForgottenAndThenTooManyAreNamed() throws IOException {
        Retention retention = new Retention(1000, 10);
        List<Long> modSeqs = new ArrayList<>();
        try (LoftStorage loft = open(retention, 3)) {
            withInbox(loft, LoftVanishedTest::fill);
            withInbox(loft, (_, inbox) -> modSeqs.addAll(expungeDaily(inbox)));
            compactAll(loft);
        }
        try (LoftStorage loft = open(retention, 3)) {
            withInbox(loft, (_, inbox) -> {
                Vanished vanished = ((LoftMailbox) inbox).loadedBox().vanished();
                assertThat(vanished.reaches(modSeqs.get(49))).isTrue();
                assertThat(vanished.reaches(modSeqs.get(48))).isFalse();
                assertThat(inbox.vanishedSince(modSeqs.get(10), UidSet.ALL)).isEqualTo(UidSet.ofRange(1, 2000));
            });
        }
    }
}
