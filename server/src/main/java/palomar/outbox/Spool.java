package palomar.outbox;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.os.Disk;

/// The files of the spool. Many threads may use it for different entries; for one entry one at a time.
final class Spool {
    private static final String MAIL = ".mail";
    private static final String STATE = ".state";
    private static final String NEW = ".new";

    private final Disk disk;
    private final Path folder;
    private final Path damaged;
    private final Event event;

    Spool(Disk disk, Path folder, Event event) {
        this.disk = disk;
        this.folder = folder;
        this.damaged = folder.resolve("damaged");
        this.event = event;
    }

    /// Makes the folders, takes away what was never finished, and says which entries there are, the oldest first.
    List<String> open() throws IOException {
        disk.makeDirectories(damaged);
        Set<String> names = new HashSet<>(disk.list(folder));
        List<String> ids = new ArrayList<>();
        for (String name : names) {
            if (name.endsWith(NEW)) {
                disk.delete(folder.resolve(name));
            } else if (name.endsWith(STATE) && !names.contains(id(name, STATE) + MAIL)) {
                disk.delete(folder.resolve(name));
            } else if (name.endsWith(MAIL)) {
                ids.add(id(name, MAIL));
            }
        }
        ids.sort(null);
        return ids;
    }

    private static String id(String name, String ending) {
        return name.substring(0, name.length() - ending.length());
    }

    private Path file(String id, String ending) {
        return folder.resolve(id + ending);
    }

    /// Durable when it returns; after a failure nothing is left, as far as the disk lets us.
    void add(Entry entry, ByteSource content) throws IOException {
        Path beside = file(entry.id(), MAIL + NEW);
        Path file = file(entry.id(), MAIL);
        boolean done = false;
        try {
            EntryFile.write(disk, beside, entry, content);
            disk.rename(beside, file);
            disk.syncDirectory(folder);
            done = true;
        } finally {
            if (!done) {
                discard(beside);
                discard(file);
            }
        }
    }

    private void discard(Path file) {
        try {
            disk.delete(file);
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException failed) {
            event.warn("outbox.disk", "a file of a failed attempt stays", "path", file, "cause", failed);
        }
    }

    Entry read(String id) throws IOException {
        return EntryFile.read(disk, file(id, MAIL), id);
    }

    /// Checked from end to end.
    ByteSource content(String id) throws IOException {
        return EntryFile.content(disk, file(id, MAIL));
    }

    EntryState state(Entry entry) throws IOException {
        Path file = file(entry.id(), STATE);
        return disk.exists(file)
                ? StateFile.read(disk, file, entry.envelope().recipients().size())
                : EntryState.fresh(entry);
    }

    /// Durable when it returns.
    void save(String id, EntryState state) throws IOException {
        Path beside = file(id, STATE + NEW);
        boolean done = false;
        try {
            StateFile.write(disk, beside, state);
            disk.rename(beside, file(id, STATE));
            disk.syncDirectory(folder);
            done = true;
        } finally {
            if (!done) {
                discard(beside);
            }
        }
    }

    /// Durable when it returns. The mail goes first: a state alone is nothing.
    void remove(String id) throws IOException {
        disk.delete(file(id, MAIL));
        disk.syncDirectory(folder);
        discard(file(id, STATE));
    }

    /// Puts a damaged entry where it stops nobody, and says so.
    void setAside(String id, DamagedEntry why) throws IOException {
        for (String ending : List.of(STATE, MAIL)) {
            Path file = file(id, ending);
            if (disk.exists(file)) {
                disk.rename(file, damaged.resolve(id + ending));
            }
        }
        disk.syncDirectory(damaged);
        disk.syncDirectory(folder);
        event.error(
                "outbox.damaged",
                "a message that was to be sent is damaged and was set aside: look at it, its sender is not told",
                why,
                "path",
                damaged.resolve(id + MAIL));
    }

    long freeSpace() throws IOException {
        return disk.freeSpace(folder);
    }
}
