package palomar.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import palomar.bytes.ByteSource;
import palomar.storage.journal.History.Replay;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

class LogReportTest {
    private static final int SEGMENT = 4096;

    private final HostileDisk disk = new HostileDisk(Seeds.random("report"));

    private static Group group(byte[] body, byte[] frame) {
        Group group = new Group();
        group.addBody(1, 1, 9, new BodyCodec(Compression.NEVER).encode(body));
        group.add(2, 1, 9, frame);
        return group;
    }

    @Test
    void countsGroupsFramesAndBytesByType() throws IOException {
        try (Journal journal = History.open(disk, SEGMENT, new Replay())) {
            journal.append(group(new byte[100], new byte[8]), Durability.SYNC);
            journal.append(group(new byte[1000], new byte[16]), Durability.SYNC);
            journal.roll();
            journal.append(group(new byte[10], new byte[1]), Durability.SYNC);
            LogReport report = journal.report(ScanDepth.HEADERS);
            assertThat(report.sound()).isTrue();
            assertThat(report.segments()).hasSize(2);
            assertThat(report.groups()).isEqualTo(3);
            assertThat(report.types().keySet()).containsExactly(1, 2);
            assertThat(report.types().get(2)).isEqualTo(new LogReport.Count(3, 3 * 48 + 8 + 16 + 8));
            assertThat(report.logBytes()).isEqualTo(journal.committedLsn() - SegmentStore.FIRST_LSN);
            assertThat(report.storedBytes()).isGreaterThan(report.logBytes());
        }
    }

    @Test
    void verifyingFindsADamagedBlockThatReplayDoesNotLookInto() throws IOException {
        long lsn;
        try (Journal journal = History.open(disk, SEGMENT, new Replay())) {
            lsn = journal.append(group(new byte[1000], new byte[8]), Durability.SYNC);
        }
        Path segment = History.SHARD.resolve("log/0000000000001000.lof");
        byte[] content = disk.content(segment);
        content[FileSegment.HEADER + 600] ^= 1;
        disk.put(segment, content);
        Replay replay = new Replay();
        try (Journal journal = History.open(disk, SEGMENT, replay)) {
            assertThat(replay.damages).isEmpty();
            assertThat(journal.report(ScanDepth.PAYLOADS).sound()).isTrue();
            LogReport report = journal.report(ScanDepth.EVERYTHING);
            assertThat(report.sound()).isFalse();
            assertThat(report.damages()).singleElement().satisfies(damage -> {
                assertThat(damage.lsn()).isEqualTo(lsn);
                assertThat(damage.mailbox()).isEqualTo(9);
                assertThat(damage.type()).isEqualTo(1);
                assertThat(damage.reason()).contains("block 0 of 1");
            });
        }
    }

    @Test
    void anInspectionBesideTheOwnerSeesWhatIsCommittedAndChangesNothing() throws IOException {
        try (Journal journal = History.open(disk, SEGMENT, new Replay())) {
            journal.append(group(new byte[100], new byte[8]), Durability.SYNC);
            journal.append(group(new byte[100], new byte[8]), Durability.SYNC);
            List<Path> files = disk.files();
            try (FileSegmentStore store = FileSegmentStore.inspect(disk, History.SHARD)) {
                LogReport report = LogReport.of(store, ScanDepth.EVERYTHING);
                assertThat(report.sound()).isTrue();
                assertThat(report.groups()).isEqualTo(2);
                assertThat(report.epoch()).isEqualTo(journal.epoch());
                long end = journal.committedLsn();
                assertThatThrownBy(() -> store.resume(end)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> store.roll(1)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> store.append(end, ByteBuffer.allocate(8)))
                        .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> store.delete(SegmentStore.FIRST_LSN))
                        .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> store.putBlob("x", ByteSource.of(new byte[1])))
                        .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(store::spendReserve).isInstanceOf(IllegalStateException.class);
            }
            assertThat(disk.files()).isEqualTo(files);
            journal.append(group(new byte[100], new byte[8]), Durability.SYNC);
        }
        assertThat(disk.openHandles()).isEmpty();
    }
}
