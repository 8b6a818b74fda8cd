package palomar.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import palomar.testkit.HostileDisk;
import palomar.testkit.Seeds;

/// The hostile disk is a disk as long as nothing happens; and what happens is what it says.
class HostileDiskTest extends DiskContract {
    private final HostileDisk disk = new HostileDisk(Seeds.random("hostile"));

    @Override
    Disk disk() {
        return disk;
    }

    @Override
    Path directory() {
        return Path.of("/data");
    }

    private static void write(HostileDisk disk, Path file, int value, boolean sync) throws IOException {
        try (DiskFile open = disk.open(file, disk.exists(file) ? Disk.Mode.WRITE : Disk.Mode.CREATE)) {
            ByteBuffer bytes = ByteBuffer.allocate(2048);
            while (bytes.hasRemaining()) {
                bytes.put((byte) value);
            }
            open.write(bytes.flip(), 0);
            if (sync) {
                open.force(false);
            }
        }
    }

    @Test
    void aPowerCutMayKeepAnySectorsThatWereNotSyncedAndKeepsAllThatWere() throws IOException {
        Set<String> outcomes = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            HostileDisk cut = new HostileDisk(new SplittableRandom(Seeds.seed() + seed));
            cut.makeDirectories(directory());
            Path file = directory().resolve("a");
            write(cut, file, 1, true);
            cut.syncDirectory(directory());
            write(cut, file, 2, false);
            cut.crash();
            byte[] content = cut.content(file);
            StringBuilder sectors = new StringBuilder();
            for (int at = 0; at < content.length; at += 512) {
                sectors.append(content[at]);
            }
            outcomes.add(sectors.toString());
        }
        assertThat(outcomes).hasSize(16).contains("1111", "2222", "1212");
    }

    @Test
    void aNameIsDurableOnlyAfterItsDirectoryWasSynced() throws IOException {
        int kept = 0;
        for (int seed = 0; seed < 100; seed++) {
            HostileDisk cut = new HostileDisk(new SplittableRandom(Seeds.seed() + seed));
            cut.makeDirectories(directory());
            write(cut, directory().resolve("synced"), 1, true);
            cut.syncDirectory(directory());
            write(cut, directory().resolve("not"), 1, true);
            cut.crash();
            assertThat(cut.files()).contains(directory().resolve("synced"));
            kept += cut.files().size() - 1;
        }
        assertThat(kept).isBetween(1, 99);
    }

    @Test
    void aFailedSyncIsNotMadeGoodByTheNext() throws IOException {
        disk.makeDirectories(directory());
        Path file = directory().resolve("a");
        write(disk, file, 1, true);
        disk.syncDirectory(directory());
        try (DiskFile open = disk.open(file, Disk.Mode.WRITE)) {
            open.write(ByteBuffer.wrap(new byte[] {9}), 0);
            disk.failAt(disk.calls() + 1, HostileDisk.Fault.IO_ERROR);
            assertThatThrownBy(() -> open.force(false)).hasMessageContaining("injected");
            open.force(false);
        }
        disk.crash();
        assertThat(disk.content(file)[0]).isEqualTo((byte) 1);
    }

    @Test
    void aSmallDiskTakesWhatFits() throws IOException {
        disk.makeDirectories(directory());
        disk.capacity(1000);
        assertThatThrownBy(() -> write(disk, directory().resolve("a"), 1, false))
                .isInstanceOf(DiskFullException.class);
        assertThat(disk.used()).isEqualTo(1000);
        assertThat(disk.freeSpace(directory())).isZero();
    }

    @Test
    void aDeadProcessCanDoNothingMoreAndItsLocksAreFree() throws IOException {
        disk.makeDirectories(directory());
        Path lockFile = directory().resolve("LOCK");
        DiskFile open = disk.open(directory().resolve("a"), Disk.Mode.CREATE);
        DiskLock lock = disk.lock(lockFile, "dead").orElseThrow();
        disk.kill();
        assertThatThrownBy(() -> open.write(ByteBuffer.allocate(1), 0)).hasMessageContaining("dead");
        DiskLock heir = disk.lock(lockFile, "heir").orElseThrow();
        lock.close();
        assertThat(disk.lock(lockFile, "third")).isEmpty();
        heir.close();
        assertThat(disk.openHandles()).isEmpty();
    }
}
