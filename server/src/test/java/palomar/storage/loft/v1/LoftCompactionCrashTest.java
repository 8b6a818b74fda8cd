package palomar.storage.loft.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.storage.journal.SegmentStore;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

/// Compaction that is cut off anywhere leaves the mail as it was.
class LoftCompactionCrashTest {
    private static final Path FOLDER = Path.of("/loft");

    private final RandomGenerator random = Seeds.random("compaction crash");

    private static LoftStorage open(HostileDisk disk) throws IOException {
        LoftTuning tuning = LoftTuning.defaults().withSegmentBytes(64 << 10).withMostUnindexed(4);
        LoftSettings settings = LoftSettings.of(FOLDER).withShards(1).withTuning(tuning);
        return LoftStorage.open(settings, disk, InstantSource.system(), Seeds.random("guids"), Event.SILENT);
    }

    /// A store with several segments, closed.
    private HostileDisk filled() throws IOException {
        HostileDisk disk = new HostileDisk(random);
        History history = new History(random, 60, true);
        List<History.Deed> deeds = history.deeds();
        for (int part = 0; part < 3; part++) {
            try (LoftStorage loft = open(disk)) {
                for (History.Deed deed : deeds.subList(part * 20, part * 20 + 20)) {
                    deed.step().run(loft);
                }
            }
        }
        return disk;
    }

    private static void compactAll(LoftStorage loft) {
        for (Shard shard : loft.shards()) {
            for (SegmentStore.Segment segment : shard.journal().segments()) {
                if (segment.sealed()) {
                    shard.compactor().run(segment);
                }
            }
        }
    }

    @Test
    void aPowerCutDuringCompactionChangesNothing() throws IOException {
        HostileDisk master = filled();
        String before;
        long calls;
        HostileDisk whole = master.copy(random);
        Map<Long, Portrait.Numbers> numbers;
        try (LoftStorage loft = open(whole)) {
            before = Portrait.of(loft, History.USER);
            numbers = Portrait.numbers(loft, History.USER);
            long start = whole.calls();
            compactAll(loft);
            assertThat(Portrait.of(loft, History.USER)).isEqualTo(before);
            calls = whole.calls() - start;
        }
        for (long call = 1; call <= calls; call++) {
            HostileDisk disk = master.copy(random);
            LoftStorage loft = open(disk);
            disk.failFrom(disk.calls() + call, HostileDisk.Fault.IO_ERROR);
            compactAll(loft);
            disk.kill();
            if (random.nextBoolean()) {
                disk.crash();
            }
            disk.heal();
            closeAnyhow(loft);
            if (random.nextBoolean()) {
                LoftTools.rebuild(FOLDER, disk, 64 << 10);
            }
            try (LoftStorage again = open(disk)) {
                assertThat(Portrait.of(again, History.USER))
                        .as("seed " + Seeds.seed() + ", call " + call + " of " + calls)
                        .isEqualTo(before);
                Portrait.numbers(again, History.USER).forEach((id, now) -> {
                    Portrait.Numbers old = numbers.get(id);
                    assertThat(now.uidValidity()).isEqualTo(old.uidValidity());
                    assertThat(now.uidNext()).isGreaterThanOrEqualTo(old.uidNext());
                    assertThat(now.highestModSeq()).isGreaterThanOrEqualTo(old.highestModSeq());
                });
                assertThat(new LoftTools(again).verify(problem -> {
                            throw new AssertionError(problem.toString());
                        }))
                        .isZero();
            }
        }
    }

    /// The dead opening's threads end; its files are not its own any more.
    private static void closeAnyhow(LoftStorage loft) {
        try {
            loft.close();
        } catch (MailException gone) {
            assertThat(gone.kind().temporary()).isTrue();
        }
    }
}
