package palomar.auth.passwdfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Set;

/// Replaces a file so that a crash leaves the old or the new version: written aside, synced, renamed, the
/// directory synced. Owner, group and mode stay; a new file is the owner's alone.
final class FileReplacement {
    private static final Set<PosixFilePermission> GROUP_RIGHTS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE);

    private FileReplacement() {}

    static void replace(Path path, byte[] content) throws IOException {
        Path aside = path.resolveSibling(
                "." + path.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            Files.deleteIfExists(aside); // left by a crash of a process of the same number
            write(aside, content);
            takeOver(path, aside);
            sync(aside, StandardOpenOption.WRITE);
            Files.move(aside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
        sync(path.resolveSibling(""), StandardOpenOption.READ);
    }

    private static void write(Path aside, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                aside,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /// Owner first: changing it may clear bits of the mode. Refused by the system when it may not be: then
    /// nothing has changed, and the operator runs the command as somebody who may.
    private static void takeOver(Path path, Path aside) throws IOException {
        PosixFileAttributes old;
        try {
            old = Files.readAttributes(path, PosixFileAttributes.class);
        } catch (NoSuchFileException e) {
            giveToFolder(aside);
            return;
        }
        PosixFileAttributeView view = Files.getFileAttributeView(aside, PosixFileAttributeView.class);
        PosixFileAttributes now = view.readAttributes();
        if (!now.owner().equals(old.owner())) {
            view.setOwner(old.owner());
        }
        if (!now.group().equals(old.group())) {
            keepGroup(view, old);
        }
        view.setPermissions(old.permissions());
    }

    /// A group that may do nothing with the file need not be kept: root made it in a folder `palomar:root`, and
    /// now palomar edits it. One that may read it must stay, or others would lose their users.
    private static void keepGroup(PosixFileAttributeView view, PosixFileAttributes old) throws IOException {
        try {
            view.setGroup(old.group());
        } catch (FileSystemException e) {
            if (!Collections.disjoint(old.permissions(), GROUP_RIGHTS)) {
                throw e;
            }
        }
    }

    /// A new file belongs to whom its folder belongs: root makes the first user, the server reads the file.
    /// Who is not root can't give files away and keeps it.
    static void giveToFolder(Path file) throws IOException {
        PosixFileAttributes folder = Files.readAttributes(file.resolveSibling(""), PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        PosixFileAttributes now = view.readAttributes();
        if (now.owner().equals(folder.owner())) {
            return;
        }
        try {
            view.setOwner(folder.owner());
            view.setGroup(folder.group());
        } catch (FileSystemException e) {
            // not root
        }
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
