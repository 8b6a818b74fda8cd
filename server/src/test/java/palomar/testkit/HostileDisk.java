package palomar.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import palomar.os.Disk;
import palomar.os.DiskFile;
import palomar.os.DiskFullException;
import palomar.os.DiskLock;
import palomar.os.FileFacts;

/// A disk in memory that keeps no more than POSIX promises and fails when told to.
///
/// - [#crash()] is a power cut: of what was not synced any part may be there, sector by sector (512 bytes), and
///   names whose directory was not synced may be missing; [#kill()] ends only the process, so everything written
///   stays. After both, old handles are dead and locks are free.
/// - [#failAt] lets one call fail, [#failFrom] it and all after it, by the number of the call; [#capacity] makes
///   the disk small.
/// - A failed sync marks its pages clean, as kernels do: syncing again reports success and makes nothing durable.
///
/// Safe for many threads.
public final class HostileDisk implements Disk {
    /// How a call fails. A full disk fails only calls that need space; a write may stop half way.
    public enum Fault {
        NO_SPACE,
        IO_ERROR
    }

    private sealed interface NameChange {
        record Set(Path name, HostileFile.Inode inode) implements NameChange {}

        record Remove(Path name) implements NameChange {}

        record Move(Path from, Path to, HostileFile.Inode inode) implements NameChange {}
    }

    final RandomGenerator random;
    private final TreeMap<Path, HostileFile.Inode> names = new TreeMap<>();
    private final TreeMap<Path, HostileFile.Inode> durableNames = new TreeMap<>();
    private final Map<Path, List<NameChange>> unsynced = new HashMap<>();
    private final Set<Path> directories = new HashSet<>();
    private final Set<Path> locks = new HashSet<>();
    private final Map<HostileFile, Throwable> handles = new LinkedHashMap<>();
    private long calls;
    private long inodes;
    private long failFrom = Long.MAX_VALUE;
    private long failTo = Long.MAX_VALUE;
    private Fault fault = Fault.IO_ERROR;
    private long capacity = Long.MAX_VALUE;
    private int generation;

    public HostileDisk(RandomGenerator random) {
        this.random = random;
    }

    /// A disk of its own with the same files, all durable; nothing is open there.
    public synchronized HostileDisk copy(RandomGenerator chance) {
        HostileDisk other = new HostileDisk(chance);
        other.directories.addAll(directories);
        names.forEach((name, inode) -> {
            HostileFile.Inode same = inode.copy();
            other.names.put(name, same);
            other.durableNames.put(name, same);
        });
        return other;
    }

    /// Calls so far; the first is number 1.
    public synchronized long calls() {
        return calls;
    }

    public synchronized void failAt(long call, Fault how) {
        failFrom = call;
        failTo = call;
        fault = how;
    }

    public synchronized void failFrom(long call, Fault how) {
        failFrom = call;
        failTo = Long.MAX_VALUE;
        fault = how;
    }

    /// No more failures, and room again.
    public synchronized void heal() {
        failFrom = Long.MAX_VALUE;
        capacity = Long.MAX_VALUE;
    }

    /// Bytes that files may have altogether.
    public synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    public synchronized long used() {
        return names.values().stream().mapToLong(inode -> inode.size).sum();
    }

    /// Where the files that are open now were opened.
    public synchronized List<Throwable> openHandles() {
        return List.copyOf(handles.values());
    }

    /// True when a power cut now would cost no file whose name ends so anything.
    public synchronized boolean allSynced(String suffix) {
        return names.entrySet().stream()
                .filter(entry -> entry.getKey().toString().endsWith(suffix))
                .noneMatch(entry -> entry.getValue().dirty());
    }

    /// The content of a file as a reader would see it.
    public synchronized byte[] content(Path file) throws IOException {
        return find(file).bytes();
    }

    /// Replaces a file's content durably, behind everyone's back.
    public synchronized void put(Path file, byte[] content) throws IOException {
        find(file).set(content);
    }

    public synchronized List<Path> files() {
        return List.copyOf(names.keySet());
    }

    /// The process dies; the machine goes on.
    public synchronized void kill() {
        generation++;
        locks.clear();
        handles.clear();
    }

    /// The machine dies: what was not synced is there in part, in whole or not at all.
    public synchronized void crash() {
        kill();
        for (List<NameChange> changes : unsynced.values()) {
            changes.subList(0, random.nextInt(changes.size() + 1)).forEach(this::makeDurable);
        }
        unsynced.clear();
        names.clear();
        names.putAll(durableNames);
        Set.copyOf(names.values()).forEach(inode -> inode.crash(random));
    }

    int generation() {
        return generation;
    }

    /// Counts a call and lets it fail when its time has come.
    ///
    /// @return the fault, for calls that do part of their work first
    @Nullable
    Fault count(boolean needsSpace) {
        calls++;
        boolean failing = calls >= failFrom && calls <= failTo;
        return failing && (needsSpace || fault == Fault.IO_ERROR) ? fault : null;
    }

    void call(boolean needsSpace, Path path) throws IOException {
        Fault how = count(needsSpace);
        if (how != null) {
            throw failure(how, path);
        }
    }

    static IOException failure(Fault how, Path path) {
        return switch (how) {
            case NO_SPACE -> new DiskFullException(path + ": No space left on device (injected)");
            case IO_ERROR -> new IOException(path + ": Input/output error (injected)");
        };
    }

    /// Bytes that can still be added.
    long room() {
        return capacity == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, capacity - used());
    }

    void closed(HostileFile handle) {
        handles.remove(handle);
    }

    private HostileFile.Inode find(Path file) throws NoSuchFileException {
        HostileFile.Inode inode = names.get(file);
        if (inode == null) {
            throw new NoSuchFileException(file.toString());
        }
        return inode;
    }

    private void change(Path directory, NameChange change) {
        unsynced.computeIfAbsent(directory, d -> new ArrayList<>()).add(change);
    }

    private void makeDurable(NameChange change) {
        switch (change) {
            case NameChange.Set(Path name, HostileFile.Inode inode) -> durableNames.put(name, inode);
            case NameChange.Remove(Path name) -> durableNames.remove(name);
            case NameChange.Move(Path from, Path to, HostileFile.Inode inode) -> {
                durableNames.remove(from);
                durableNames.put(to, inode);
            }
        }
    }

    @Override
    public synchronized DiskFile open(Path file, Mode mode) throws IOException {
        call(mode == Mode.CREATE, file);
        HostileFile.Inode inode = mode == Mode.CREATE ? create(file) : find(file);
        if (inode.link) {
            throw new IOException(file + ": Too many levels of symbolic links");
        }
        HostileFile handle = new HostileFile(this, file, inode, mode != Mode.READ);
        handles.put(handle, new Throwable("opened " + file));
        return handle;
    }

    private HostileFile.Inode create(Path file) throws IOException {
        if (!directories.contains(file.getParent())) {
            throw new NoSuchFileException(file.toString());
        }
        if (names.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        HostileFile.Inode inode = new HostileFile.Inode();
        inode.number = ++inodes;
        names.put(file, inode);
        change(file.getParent(), new NameChange.Set(file, inode));
        return inode;
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        call(true, from);
        HostileFile.Inode inode = find(from);
        names.remove(from);
        names.put(to, inode);
        change(to.getParent(), new NameChange.Move(from, to, inode));
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        call(false, file);
        find(file);
        names.remove(file);
        change(file.getParent(), new NameChange.Remove(file));
    }

    @Override
    public synchronized boolean exists(Path path) throws IOException {
        call(false, path);
        return names.containsKey(path) || directories.contains(path);
    }

    @Override
    public synchronized long size(Path file) throws IOException {
        call(false, file);
        return find(file).size;
    }

    @Override
    public synchronized List<String> list(Path directory) throws IOException {
        call(false, directory);
        Set<Path> all = new TreeSet<>(names.keySet());
        all.addAll(directories);
        List<String> found = new ArrayList<>();
        for (Path name : all) {
            if (directory.equals(name.getParent())) {
                found.add(name.getFileName().toString());
            }
        }
        return found;
    }

    @Override
    public synchronized Optional<FileFacts> facts(Path path) throws IOException {
        call(false, path);
        HostileFile.Inode inode = names.get(path);
        if (inode != null) {
            FileFacts.Kind kind = inode.link ? FileFacts.Kind.LINK : FileFacts.Kind.FILE;
            return Optional.of(new FileFacts(kind, inode.size, Instant.ofEpochSecond(inode.number)));
        }
        return directories.contains(path)
                ? Optional.of(new FileFacts(FileFacts.Kind.FOLDER, 0, Instant.EPOCH))
                : Optional.empty();
    }

    @Override
    public synchronized String readLink(Path link) throws IOException {
        call(false, link);
        HostileFile.Inode inode = find(link);
        if (!inode.link) {
            throw new IOException(link + ": Invalid argument");
        }
        return new String(inode.bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void symlink(Path link, String target) throws IOException {
        call(true, link);
        HostileFile.Inode inode = create(link);
        inode.link = true;
        inode.set(target.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void makeDirectories(Path directory) throws IOException {
        call(true, directory);
        for (Path at = directory; at != null; at = at.getParent()) {
            directories.add(at);
        }
    }

    @Override
    public synchronized void syncDirectory(Path directory) throws IOException {
        call(false, directory);
        List<NameChange> changes = unsynced.remove(directory);
        if (changes != null) {
            changes.forEach(this::makeDurable);
        }
    }

    @Override
    public synchronized long freeSpace(Path directory) throws IOException {
        call(false, directory);
        return room();
    }

    @Override
    public synchronized Optional<DiskLock> lock(Path file, String owner) throws IOException {
        call(true, file);
        if (!locks.add(file)) {
            return Optional.empty();
        }
        return Optional.of(new Lock(file, generation));
    }

    private final class Lock implements DiskLock {
        private final Path file;
        private final int life;
        private boolean held = true;

        Lock(Path file, int life) {
            this.file = file;
            this.life = life;
        }

        @Override
        public void close() {
            synchronized (HostileDisk.this) {
                if (held && life == generation) {
                    locks.remove(file);
                }
                held = false;
            }
        }
    }
}
