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
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import palomar.event.Event;
import palomar.mail.Flags;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.memory.MemoryStorage;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

/// What a loft keeps when the disk fails, fills up, or the machine dies at any of its calls.
class LoftCrashTest {
    private static final Path FOLDER = Path.of("/loft");
    private static final int LENGTH = 16;

    private final RandomGenerator random = Seeds.random("crash");
    private History history = new History(random, LENGTH, false);

    private static LoftStorage open(HostileDisk disk, boolean busy) throws IOException {
        LoftTuning tuning = LoftTuning.defaults().withSegmentBytes(64 << 10);
        if (busy) {
            tuning = tuning.withCheckpointBytes(2000).withMostUnindexed(2).withIdleBytes(0);
        }
        LoftSettings settings = LoftSettings.of(FOLDER).withShards(1).withTuning(tuning);
        return LoftStorage.open(settings, disk, InstantSource.system(), Seeds.random("guids"), Event.SILENT);
    }

    /// How the mail looks after each deed, the first being none.
    private List<String> portraits() throws IOException {
        List<String> portraits = new ArrayList<>();
        try (Storage model = new MemoryStorage(InstantSource.system(), Seeds.random("model"))) {
            history.deeds().getFirst().step().run(model);
            portraits.add(Portrait.of(model, History.USER));
            for (History.Deed deed : history.deeds()) {
                deed.step().run(model);
                portraits.add(Portrait.of(model, History.USER));
            }
        }
        return portraits;
    }

    private long callsOfWholeHistory(boolean busy) throws IOException {
        HostileDisk disk = new HostileDisk(Seeds.random("disk"));
        try (LoftStorage loft = open(disk, busy)) {
            for (History.Deed deed : history.deeds()) {
                deed.step().run(loft);
            }
        }
        return disk.calls();
    }

    @Test
    void aPowerCutAtAnyCallTakesBackNothingThatWasSynced() throws IOException {
        cut(false, true);
    }

    @Test
    void aPowerCutAtAnyCallDuringCheckpointsTakesBackNothingThatWasSynced() throws IOException {
        cut(true, true);
    }

    @Test
    void aKilledProcessLosesNothingThatWasAcknowledged() throws IOException {
        cut(true, false);
    }

    private void cut(boolean busy, boolean power) throws IOException {
        List<String> portraits = portraits();
        long calls = callsOfWholeHistory(busy);
        for (long call = 1; call <= calls; call++) {
            HostileDisk disk = new HostileDisk(random);
            disk.failFrom(call, HostileDisk.Fault.IO_ERROR);
            int done = 0;
            Map<Long, Portrait.Numbers> numbers = Map.of();
            try {
                LoftStorage loft = open(disk, busy);
                try {
                    for (History.Deed deed : history.deeds()) {
                        deed.step().run(loft);
                        done++;
                        numbers = Portrait.numbers(loft, History.USER);
                    }
                } finally {
                    closeAnyhow(loft);
                }
            } catch (IOException | MailException broken) {
                assertThat(disk.calls())
                        .as("broke before it was told to: " + broken)
                        .isGreaterThanOrEqualTo(call);
            }
            if (power) {
                disk.crash();
            } else {
                disk.kill();
            }
            disk.heal();
            check(disk, busy, portraits, done, power, numbers, "call " + call + " of " + calls);
        }
    }

    private void check(
            HostileDisk disk,
            boolean busy,
            List<String> portraits,
            int done,
            boolean power,
            Map<Long, Portrait.Numbers> before,
            String where)
            throws IOException {
        int synced = done;
        while (power && synced > 0 && mayBeUnsynced(portraits, synced - 1)) {
            synced--;
        }
        try (LoftStorage loft = open(disk, busy)) {
            String found = Portrait.of(loft, History.USER);
            int last = Math.min(done + 1, portraits.size() - 1);
            assertThat(portraits.subList(synced, last + 1))
                    .as("seed " + Seeds.seed() + ", " + where + ", " + done + " deeds done, " + synced + " synced")
                    .contains(found);
            Map<Long, Portrait.Numbers> now = Portrait.numbers(loft, History.USER);
            before.forEach((id, old) -> {
                assertThat(now).as(where).containsKey(id);
                assertThat(now.get(id).uidValidity()).isEqualTo(old.uidValidity());
                assertThat(now.get(id).uidNext()).as("UIDNEXT, " + where).isGreaterThanOrEqualTo(old.uidNext());
                assertThat(now.get(id).highestModSeq())
                        .as("HIGHESTMODSEQ, " + where)
                        .isGreaterThanOrEqualTo(old.highestModSeq());
            });
            History.deliverOne(loft);
        }
    }

    /// A deed that changes nothing writes nothing, and so takes no lazy one before it to the disk.
    private boolean mayBeUnsynced(List<String> portraits, int deed) {
        return history.deeds().get(deed).lazy() || portraits.get(deed).equals(portraits.get(deed + 1));
    }

    /// On a broken disk closing fails too, which is all right.
    private static void closeAnyhow(LoftStorage loft) {
        try {
            loft.close();
        } catch (MailException broken) {
            assertThat(broken.kind().temporary()).isTrue();
        }
    }

    @Test
    void aFullDiskAtAnyCallRefusesClearlyAndServiceResumes() throws IOException {
        history = new History(random, LENGTH, true);
        long calls = callsOfWholeHistory(true);
        for (long call = 1; call <= calls; call++) {
            HostileDisk disk = new HostileDisk(random);
            disk.failAt(call, HostileDisk.Fault.NO_SPACE);
            refusedOnce(disk, call, MailError.DISK_FULL);
        }
    }

    @Test
    void oneIoErrorAtAnyCallRefusesClearlyAndServiceResumes() throws IOException {
        history = new History(random, LENGTH, true);
        long calls = callsOfWholeHistory(true);
        for (long call = 1; call <= calls; call++) {
            HostileDisk disk = new HostileDisk(random);
            disk.failAt(call, HostileDisk.Fault.IO_ERROR);
            refusedOnce(disk, call, MailError.UNAVAILABLE);
        }
    }

    @Test
    void aFullDiskStillLetsMailBeReadAndDeleted() throws IOException {
        HostileDisk disk = new HostileDisk(random);
        try (LoftStorage loft = open(disk, false);
                UserMail mail = loft.open(History.USER);
                Mailbox inbox =
                        mail.open(mail.find(MailboxName.INBOX).orElseThrow().id())) {
            disk.capacity(disk.used() + 400_000);
            MailException refused = null;
            for (int i = 0; i < 1000 && refused == null; i++) {
                refused = deliverLarge(loft);
            }
            assertThat(refused).isNotNull();
            assertThat(refused.kind()).isEqualTo(MailError.DISK_FULL);
            int count = inbox.view().count();
            assertThat(count).isPositive();
            assertThat(Portrait.of(loft, History.USER)).contains("INBOX counts " + count);
            inbox.store(UidSet.ALL, FlagChange.add(Flags.of(SystemFlags.DELETED)), -1);
            assertThat(inbox.expunge(UidSet.ALL).uids().size()).isEqualTo(count);
            assertThat(new LoftTools(loft).compact()).isPositive();
            assertThat(deliverLarge(loft)).as("service resumes").isNull();
        }
    }

    private static @Nullable MailException deliverLarge(LoftStorage loft) throws IOException {
        byte[] content =
                "Subject: large\r\n\r\n".concat("0123456789\r\n".repeat(1000)).getBytes(StandardCharsets.US_ASCII);
        try (Staging staging = loft.stage()) {
            staging.write(content);
            var target = new Storage.Target(History.USER, MailboxName.INBOX, new byte[0], Flags.NONE, Instant.EPOCH);
            return loft.deliver(staging.finish(), List.of(target)).getFirst() instanceof Storage.Delivered.Failed failed
                    ? failed.why()
                    : null;
        }
    }

    /// Looking may meet the one failure too.
    private static String portrait(LoftStorage loft) throws IOException {
        try {
            return Portrait.of(loft, History.USER);
        } catch (IOException | MailException once) {
            return Portrait.of(loft, History.USER);
        }
    }

    private void refusedOnce(HostileDisk disk, long call, MailError how) throws IOException {
        LoftStorage loft;
        try {
            loft = open(disk, true);
        } catch (IOException full) {
            loft = open(disk, true);
        }
        try (Storage model = new MemoryStorage(InstantSource.system(), Seeds.random("model"))) {
            for (History.Deed deed : history.deeds()) {
                try {
                    deed.step().run(loft);
                } catch (MailException refused) {
                    assertThat(refused.kind()).as(deed.what()).isEqualTo(how);
                    deed.step().run(loft);
                }
                deed.step().run(model);
            }
            assertThat(withoutUids(portrait(loft)))
                    .as("call " + call)
                    .isEqualTo(withoutUids(Portrait.of(model, History.USER)));
            closeAnyhow(loft);
            disk.heal();
            loft = open(disk, true);
            assertThat(withoutUids(Portrait.of(loft, History.USER)))
                    .as("call " + call + ", opened again")
                    .isEqualTo(withoutUids(Portrait.of(model, History.USER)));
        } finally {
            loft.close();
        }
    }

    /// A refused append may skip UIDs.
    private static String withoutUids(String portrait) {
        StringBuilder text = new StringBuilder();
        portrait.lines()
                .forEach(line -> text.append(line.startsWith("  ") ? line.substring(line.indexOf(' ', 2)) : line)
                        .append('\n'));
        return text.toString();
    }
}
