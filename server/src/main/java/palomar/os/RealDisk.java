package palomar.os;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The file system of this machine.
public final class RealDisk implements Disk {
    /// Locks of this process. The kernel lets go of a process's lock when the process closes any channel of the
    /// file, so a file that is locked here must not even be opened.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    @Override
    public DiskFile open(Path file, Mode mode) throws IOException {
        try {
            FileChannel channel = switch (mode) {
                case READ -> FileChannel.open(file, StandardOpenOption.READ);
                case READ_NO_LINK -> FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                case WRITE -> FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                case CREATE ->
                    FileChannel.open(
                            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            };
            return new RealFile(file, channel);
        } catch (IOException e) {
            throw named(e, file);
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw named(e, to);
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.delete(file);
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public long size(Path file) throws IOException {
        return Files.size(file);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        try (Stream<Path> names = Files.list(directory)) {
            return names.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public void makeDirectories(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = directory.toAbsolutePath(); at != null && !Files.isDirectory(at); at = at.getParent()) {
            missing.push(at);
        }
        for (Path made : missing) {
            try {
                Files.createDirectory(made);
            } catch (IOException e) {
                if (!Files.isDirectory(made)) {
                    throw named(e, made);
                }
            }
            Path parent = made.getParent();
            if (parent != null) {
                syncDirectory(parent);
            }
        }
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw named(e, directory);
        }
    }

    @Override
    public long freeSpace(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    @Override
    public Optional<FileFacts> facts(Path path) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            FileFacts.Kind kind = found.isRegularFile()
                    ? FileFacts.Kind.FILE
                    : found.isDirectory()
                            ? FileFacts.Kind.FOLDER
                            : found.isSymbolicLink() ? FileFacts.Kind.LINK : FileFacts.Kind.OTHER;
            return Optional.of(
                    new FileFacts(kind, found.size(), found.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    @Override
    public String readLink(Path link) throws IOException {
        return Files.readSymbolicLink(link).toString();
    }

    @Override
    public void symlink(Path link, String target) throws IOException {
        try {
            Files.createSymbolicLink(link, Path.of(target));
        } catch (IOException e) {
            throw named(e, link);
        }
    }

    @Override
    public Optional<DiskLock> lock(Path file, String owner) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException(file + ": no place for a lock");
        }
        Path name = directory.toRealPath().resolve(file.getFileName());
        if (!HELD.add(name)) {
            return Optional.empty();
        }
        boolean held = false;
        try {
            FileChannel channel = FileChannel.open(name, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            held = locked(channel, owner);
            return held ? Optional.of(new HeldLock(name, channel)) : Optional.empty();
        } catch (IOException e) {
            throw named(e, file);
        } finally {
            if (!held) {
                HELD.remove(name);
            }
        }
    }

    private static boolean locked(FileChannel channel, String owner) throws IOException {
        boolean locked = false;
        try {
            if (channel.tryLock() != null) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap((owner + "\n").getBytes(StandardCharsets.UTF_8)), 0);
                locked = true;
            }
            return locked;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static final class HeldLock implements DiskLock {
        private final Path name;
        private final FileChannel channel;

        HeldLock(Path name, FileChannel channel) {
            this.name = name;
            this.channel = channel;
        }

        @Override
        public synchronized void close() throws IOException {
            if (channel.isOpen()) {
                channel.close();
                HELD.remove(name);
            }
        }
    }

    /// The JDK keeps no errno, only the C library's text; the server runs without a message catalogue, so in
    /// English.
    static IOException named(IOException e, Path file) {
        String text = String.valueOf(e.getMessage());
        if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
            return new DiskFullException(file + ": " + text, e);
        }
        if (e instanceof FileSystemException) {
            return e;
        }
        return new IOException(file + ": " + text, e);
    }
}
