package palomar.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// The data directory, held by one server: its lock file is locked while this is open.
///
/// The lock is the kernel's, so it goes with the process, `kill -9` included.
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "palomar.lock";
    private static final String PID = "palomar.pid";
    private static final int TRIES = 10; // `doctor` looks at the lock for an instant
    private static final long PAUSE_NANOS = 20_000_000;

    // Closing any descriptor of a file lets go of the process's lock on it (fcntl): what is held here is not
    // opened again.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /// Takes the directory; makes it (closed to others) when only it is missing.
    ///
    /// Throws [Refused]: can't be made or written, belongs to somebody else, or another server has it.
    public static DataFolder take(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            make(path);
            if (!HELD.add(path)) {
                throw inUse(path);
            }
            return lock(path);
        } catch (AccessDeniedException denied) {
            throw new Refused(
                    ExitCode.NO_PERMISSION,
                    "may not write in the data directory " + path + " as " + System.getProperty("user.name") + " ("
                            + IoText.of(denied) + ")",
                    denied);
        } catch (IOException failed) {
            throw new Refused(ExitCode.CANT_CREATE, "can't use the data directory: " + IoText.of(failed), failed);
        }
    }

    /// The same for a command that works while no server runs. Root is refused where the directory is another's:
    /// the files that root makes the server could not write.
    public static DataFolder takeForCommand(Path folder) {
        return takeForCommand(folder, System.getProperty("user.name", "unknown"));
    }

    static DataFolder takeForCommand(Path folder, String user) {
        try {
            String owner = Files.getOwner(folder).getName();
            if (user.equals("root") && !owner.equals(user)) {
                throw new Refused(
                        ExitCode.NO_PERMISSION,
                        folder + " belongs to " + owner + ", but this is root: run it as " + owner + " (sudo -u "
                                + owner + ")");
            }
        } catch (NoSuchFileException missing) {
            return take(folder);
        } catch (IOException failed) {
            throw new Refused(ExitCode.NO_INPUT, "can't look at the data directory: " + IoText.of(failed), failed);
        }
        return take(folder);
    }

    private static DataFolder lock(Path path) throws IOException {
        FileChannel file = null;
        FileLock lock = null;
        try {
            file = FileChannel.open(
                    path.resolve(LOCK),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    ownerOnly("rw-------"));
            for (int i = 0; i < TRIES && lock == null; i++) {
                lock = file.tryLock();
                if (lock == null) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            if (lock == null) {
                throw inUse(path);
            }
            Files.writeString(path.resolve(PID), ProcessHandle.current().pid() + "\n", StandardCharsets.US_ASCII);
            return new DataFolder(path, file, lock);
        } finally {
            if (lock == null) {
                HELD.remove(path);
                if (file != null) {
                    file.close();
                }
            }
        }
    }

    private static Refused inUse(Path path) {
        return new Refused(
                ExitCode.TEMP_FAIL,
                path + " is in use by another Palomar (process " + holder(path)
                        + "); stop it, or give this one another directory");
    }

    /// Makes the folder, for its owner only, when it is missing.
    public static void make(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(path, ownerOnly("rwx------"));
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> ownerOnly(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /// Keeps servers away from the directory until the result is closed, and changes nothing in it.
    ///
    /// Throws [Refused] when a server has it.
    static Closeable lookAt(Path folder) throws IOException {
        Path path = folder.toAbsolutePath().normalize();
        if (HELD.contains(path)) {
            throw inUse(path);
        }
        FileChannel file;
        try {
            file = FileChannel.open(path.resolve(LOCK), StandardOpenOption.READ);
        } catch (NoSuchFileException nobodyWasEverHere) {
            return () -> {};
        }
        boolean alone = false;
        try {
            alone = file.tryLock(0, Long.MAX_VALUE, true) != null;
            if (!alone) {
                throw inUse(path);
            }
            return file;
        } finally {
            if (!alone) {
                file.close();
            }
        }
    }

    /// The process that holds the directory, or held it last.
    static String holder(Path path) {
        try {
            return Files.readString(path.resolve(PID), StandardCharsets.US_ASCII)
                    .strip();
        } catch (IOException unreadable) {
            return "unknown";
        }
    }

    /// True when some server holds the directory now.
    public static boolean isTaken(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        if (HELD.contains(path)) {
            return true;
        }
        try (FileChannel file = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock mine = file.tryLock()) {
            return mine == null;
        } catch (IOException noLockFile) {
            return false;
        }
    }

    /// The process of the server that holds the directory; empty when none does, or when it can't be seen from
    /// here (a container's processes have numbers of their own).
    public static Optional<ProcessHandle> process(Path folder) {
        String holder = holder(folder);
        if (!isTaken(folder) || holder.isEmpty() || !holder.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(holder))
                .filter(process -> !process.equals(ProcessHandle.current()))
                .filter(process -> process.info().command().orElse("").endsWith("java"));
    }

    /// Waits until no server holds the directory; false when one still does after `limit`.
    public static boolean awaitFree(Path folder, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (isTaken(folder)) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }

    /// Where the server of a data directory listens to operators.
    public static Path controlSocket(Path path) {
        return path.resolve("control.sock");
    }

    public Path path() {
        return path;
    }

    /// A directory inside, made (closed to others) when it is missing.
    public Path folder(String name) {
        Path folder = path.resolve(name);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, ownerOnly("rwx------"));
            }
            return folder;
        } catch (IOException failed) {
            throw new Refused(ExitCode.CANT_CREATE, "can't make a directory: " + IoText.of(failed), failed);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path.resolve(PID));
        lock.release();
        lockFile.close();
        HELD.remove(path);
    }
}
