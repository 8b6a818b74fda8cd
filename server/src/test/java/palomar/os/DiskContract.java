package palomar.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What every [Disk] promises.
abstract class DiskContract {
    abstract Disk disk();

    abstract Path directory();

    private Path made(String name, int... content) throws IOException {
        disk().makeDirectories(directory());
        Path file = directory().resolve(name);
        try (DiskFile created = disk().open(file, Disk.Mode.CREATE)) {
            created.write(bytes(content), 0);
            created.force(true);
        }
        return file;
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }

    private byte[] content(Path file) throws IOException {
        try (DiskFile open = disk().open(file, Disk.Mode.READ)) {
            ByteBuffer target = ByteBuffer.allocate((int) open.size());
            open.read(target, 0);
            return target.array();
        }
    }

    @Test
    void writesAndReadsAtAnyPosition() throws IOException {
        Path file = made("a", 1, 2, 3);
        try (DiskFile open = disk().open(file, Disk.Mode.WRITE)) {
            open.write(bytes(9), 5);
            assertThat(open.size()).isEqualTo(6);
            ByteBuffer target = ByteBuffer.allocate(10);
            assertThat(open.read(target, 1)).isEqualTo(5);
            assertThat(target.flip()).isEqualTo(bytes(2, 3, 0, 0, 9));
            assertThat(open.read(ByteBuffer.allocate(1), 6)).isEqualTo(-1);
            assertThat(open.read(ByteBuffer.allocate(0), 0)).isZero();
        }
    }

    @Test
    void creatingIsExclusiveAndOpeningNeedsAFile() throws IOException {
        Path file = made("a", 1);
        assertThatThrownBy(() -> disk().open(file, Disk.Mode.CREATE)).isInstanceOf(FileAlreadyExistsException.class);
        Path missing = directory().resolve("missing");
        assertThatThrownBy(() -> disk().open(missing, Disk.Mode.READ)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk().open(missing, Disk.Mode.WRITE)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk().size(missing)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk().delete(missing)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFileOpenedForReadingCanNotBeWritten() throws IOException {
        try (DiskFile open = disk().open(made("a", 1), Disk.Mode.READ)) {
            assertThatThrownBy(() -> open.write(bytes(2), 0))
                    .isInstanceOfAny(IOException.class, RuntimeException.class);
        }
        assertThat(content(directory().resolve("a"))).containsExactly(1);
    }

    @Test
    void truncatingCutsAndExtendsWithZeros() throws IOException {
        Path file = made("a", 1, 2, 3);
        try (DiskFile open = disk().open(file, Disk.Mode.WRITE)) {
            open.truncate(1);
            open.truncate(4);
        }
        assertThat(content(file)).containsExactly(1, 0, 0, 0);
    }

    @Test
    void allocatedSpaceReadsAsZeros() throws IOException {
        Path file = made("a", 1, 2);
        try (DiskFile open = disk().open(file, Disk.Mode.WRITE)) {
            boolean can = open.allocate(0, 5);
            assertThat(open.size()).isEqualTo(can ? 5 : 2);
        }
        assertThat(content(file)).startsWith(1, 2).doesNotContain(3);
    }

    @Test
    void renamingReplacesAndDeletingRemoves() throws IOException {
        Path from = made("from", 1);
        Path to = made("to", 2);
        disk().rename(from, to);
        disk().syncDirectory(directory());
        assertThat(disk().exists(from)).isFalse();
        assertThat(content(to)).containsExactly(1);
        assertThat(disk().list(directory())).containsExactly("to");
        disk().delete(to);
        assertThat(disk().list(directory())).isEmpty();
    }

    @Test
    void aDeletedFileStaysReadableWhereItIsOpen() throws IOException {
        Path file = made("a", 7);
        try (DiskFile open = disk().open(file, Disk.Mode.READ)) {
            disk().delete(file);
            ByteBuffer target = ByteBuffer.allocate(1);
            assertThat(open.read(target, 0)).isEqualTo(1);
            assertThat(target.get(0)).isEqualTo((byte) 7);
        }
    }

    @Test
    void aLockKeepsOthersOutUntilItIsClosed() throws IOException {
        disk().makeDirectories(directory());
        Path file = directory().resolve("LOCK");
        DiskLock first = disk().lock(file, "first").orElseThrow();
        assertThat(disk().lock(file, "second")).isEmpty();
        assertThat(disk().lock(file, "third")).isEmpty();
        first.close();
        DiskLock fourth = disk().lock(file, "fourth").orElseThrow();
        first.close();
        assertThat(disk().lock(file, "fifth")).isEmpty();
        fourth.close();
    }

    @Test
    void freeSpaceIsKnown() throws IOException {
        disk().makeDirectories(directory());
        assertThat(disk().freeSpace(directory())).isPositive();
    }
}
