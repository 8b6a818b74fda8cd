package palomar.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealDiskTest extends DiskContract {
    @TempDir
    Path temporary;

    private final Disk disk = new RealDisk();

    @Override
    Disk disk() {
        return disk;
    }

    @Override
    Path directory() {
        return temporary.resolve("deep/er");
    }

    @Test
    void aFullDeviceIsToldFromOtherErrors() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        try (DiskFile file = disk.open(full, Disk.Mode.WRITE)) {
            assertThatThrownBy(() -> file.write(ByteBuffer.allocate(10), 0)).isInstanceOf(DiskFullException.class);
        }
        assertThatThrownBy(() -> disk.open(temporary, Disk.Mode.WRITE))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(DiskFullException.class);
    }

    @Test
    void theLockFileSaysWhoHoldsIt() throws IOException {
        Path file = temporary.resolve("LOCK");
        DiskLock lock = disk.lock(file, "pid 1234").orElseThrow();
        lock.close();
        assertThat(Files.readString(file, StandardCharsets.UTF_8)).isEqualTo("pid 1234\n");
    }

    /// POSIX locks vanish when the process closes any other channel of the file.
    @Test
    void aRefusedAttemptDoesNotLoseTheLockToAnotherProcess() throws Exception {
        Path file = temporary.resolve("LOCK");
        try (DiskLock lock = disk.lock(file, "here").orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(disk.lock(file, "again")).isEmpty();
            assertThat(lockedElsewhere(file)).isFalse();
        }
        assertThat(lockedElsewhere(file)).isTrue();
    }

    /// Whether another process gets the lock.
    private static boolean lockedElsewhere(Path file) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process child = new ProcessBuilder(
                        java.toString(),
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockAttempt.class.getName(),
                        file.toString())
                .inheritIO()
                .start();
        return child.waitFor() == 0;
    }

    /// A process that tries to take a lock and says by its exit code whether it did.
    static final class LockAttempt {
        private LockAttempt() {}

        public static void main(String[] arguments) throws IOException {
            System.exit(new RealDisk().lock(Path.of(arguments[0]), "child").isPresent() ? 0 : 3);
        }
    }
}
