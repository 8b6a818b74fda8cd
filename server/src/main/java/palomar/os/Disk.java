package palomar.os;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The file calls that the store uses, with the durability that each one has. Safe for many threads.
///
/// A full disk or an exhausted disk quota shows as [DiskFullException]; a missing file as
/// [java.nio.file.NoSuchFileException], one that is there already as [java.nio.file.FileAlreadyExistsException].
/// Every other failure is an IOException.
public interface Disk {
    /// How a file is opened.
    enum Mode {
        /// An existing file, for reading.
        READ,
        /// As READ, but a symbolic link is refused, whatever it leads to.
        READ_NO_LINK,
        /// An existing file, for reading and writing.
        WRITE,
        /// A file that must not exist yet, for reading and writing.
        CREATE
    }

    /// Opens or creates a file. A created file's name is durable only after [#syncDirectory(Path)].
    DiskFile open(Path file, Mode mode) throws IOException;

    /// Gives a file another name in one step, replacing what had that name. Durable after syncing the directory.
    void rename(Path from, Path to) throws IOException;

    /// Removes a name; open files of it stay readable. Durable after syncing the directory.
    void delete(Path file) throws IOException;

    boolean exists(Path path) throws IOException;

    /// Length in bytes.
    long size(Path file) throws IOException;

    /// The names in a directory, sorted; folders included.
    List<String> list(Path directory) throws IOException;

    /// Makes a directory and its missing parents, each durable when this returns.
    void makeDirectories(Path directory) throws IOException;

    /// Makes the names in a directory durable: creations, renames and deletions that came before.
    void syncDirectory(Path directory) throws IOException;

    /// Bytes that could still be written, as far as the file system knows.
    long freeSpace(Path directory) throws IOException;

    /// What a name stands for, links themselves included; empty: nothing has it.
    Optional<FileFacts> facts(Path path) throws IOException;

    /// Where a symbolic link leads, as it is written in it. Throws IOException when it is none.
    String readLink(Path link) throws IOException;

    /// Makes a symbolic link whose name must not exist yet. Durable after syncing the directory.
    void symlink(Path link, String target) throws IOException;

    /// Takes the lock of a file, creating it, and writes `owner` into it for the operator. Another process and
    /// another caller in this process are kept out alike.
    ///
    /// @return empty when someone else holds it
    Optional<DiskLock> lock(Path file, String owner) throws IOException;
}
