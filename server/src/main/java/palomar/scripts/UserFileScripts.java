package palomar.scripts;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.os.Disk;
import palomar.os.DiskFullException;
import palomar.os.FileFacts;

/// One user's scripts in files. Other programs may change them at any time: nothing is remembered between calls.
final class UserFileScripts implements UserScripts {
    /// Under this name a plain file in the place of the link is kept when a link takes its place; Pigeonhole's.
    private static final String RESCUED = "dovecot.orig";

    private final Disk disk;
    private final FilePlaces places;
    private final FolderFiles files;
    private final ActiveLink link;
    private final ScriptLimits limits;
    private final ReentrantLock lock;
    private final Event event;

    UserFileScripts(
            Disk disk, FilePlaces places, FolderFiles files, ScriptLimits limits, ReentrantLock lock, Event event) {
        this.disk = disk;
        this.places = places;
        this.files = files;
        this.link = new ActiveLink(disk, places);
        this.limits = limits;
        this.lock = lock;
        this.event = event;
    }

    /// Something with files.
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T reading(Work<T> work) {
        try {
            return work.run();
        } catch (DiskFullException full) {
            throw new MailException(MailError.DISK_FULL, "there is no space left for scripts", full);
        } catch (IOException | InvalidPathException failed) {
            event.error(
                    "scripts.files",
                    "scripts can't be read or written: look at owner and mode of the folder and its files",
                    failed,
                    "folder",
                    places.folder());
            throw new MailException(MailError.UNAVAILABLE, "your scripts can't be read or written now", failed);
        }
    }

    private <T> T changing(Work<T> work) {
        lock.lock();
        try {
            return reading(work);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<ScriptEntry> list() {
        return reading(this::entries);
    }

    private List<ScriptEntry> entries() throws IOException {
        String active = link.state() instanceof ActiveLink.State.To(String file) ? file : "";
        List<ScriptEntry> entries = new ArrayList<>();
        for (String file : files.names()) {
            Optional<ScriptName> name = isLink(file) ? Optional.empty() : ScriptFileNames.parse(file);
            Optional<FileFacts> facts = name.isEmpty() ? Optional.empty() : files.facts(file);
            if (facts.isPresent()) {
                boolean isActive = file.equals(active);
                entries.add(new ScriptEntry(
                        name.get(), facts.get().size(), isActive, facts.get().modified()));
            }
        }
        entries.sort(Comparator.comparing(ScriptEntry::name));
        return entries;
    }

    /// An odd configuration may put the link among the scripts; it is none of them.
    private boolean isLink(String file) {
        return places.folder().resolve(file).equals(places.active());
    }

    /// Throws MailException for a name that files can't have.
    private String file(ScriptName name) {
        String file = ScriptFileNames.of(name)
                .orElseThrow(() -> new MailException(MailError.LIMIT, "the name of the script is too long here"));
        if (isLink(file)) {
            throw new MailException(MailError.CANNOT, "that name is not for scripts");
        }
        return file;
    }

    @Override
    public Optional<Script> get(ScriptName name) {
        Optional<String> file = ScriptFileNames.of(name).filter(found -> !isLink(found));
        return file.flatMap(found -> reading(() -> files.read(found).map(bytes -> HeldScript.of(name.value(), bytes))));
    }

    @Override
    public Optional<Script> active() {
        return reading(() -> switch (link.state()) {
            case ActiveLink.State.None() -> Optional.empty();
            case ActiveLink.State.To(String file) -> activeFile(file);
            case ActiveLink.State.Plain() -> plain().map(bytes -> HeldScript.of(linkName(), bytes));
            case ActiveLink.State.Astray(String what) -> {
                event.warn(
                        "scripts.astray",
                        "the active script is not in the folder of the scripts, so none is active",
                        "link",
                        link.path(),
                        "found",
                        what);
                yield Optional.empty();
            }
        });
    }

    private Optional<Script> activeFile(String file) throws IOException {
        Optional<byte[]> bytes = files.read(file);
        if (bytes.isEmpty()) {
            event.warn("scripts.astray", "the active script is not there", "link", link.path(), "file", file);
        }
        String name = ScriptFileNames.parse(file).map(ScriptName::value).orElse(file);
        return bytes.map(found -> HeldScript.of(name, found));
    }

    private Optional<byte[]> plain() throws IOException {
        return FolderFiles.read(disk, link.path(), Disk.Mode.READ_NO_LINK);
    }

    private String linkName() {
        return String.valueOf(link.path().getFileName());
    }

    @Override
    public Optional<ScriptLimits.Excess> excess(ScriptName name, long size) {
        file(name);
        return reading(() -> excessNow(name, size));
    }

    private Optional<ScriptLimits.Excess> excessNow(ScriptName name, long size) throws IOException {
        int others = 0;
        long bytes = 0;
        for (ScriptEntry entry : entries()) {
            if (!entry.name().equals(name)) {
                others++;
                bytes += entry.size();
            }
        }
        return limits.excess(others, bytes, size);
    }

    @Override
    public Optional<ScriptLimits.Excess> put(ScriptName name, byte[] content) {
        String file = file(name);
        return changing(() -> {
            Optional<ScriptLimits.Excess> excess = excessNow(name, content.length);
            if (excess.isEmpty()) {
                files.replace(file, content);
            }
            return excess;
        });
    }

    @Override
    public Deletion delete(ScriptName name) {
        String file = file(name);
        return changing(() -> {
            if (files.facts(file).isEmpty()) {
                return Deletion.NOT_THERE;
            }
            if (link.state().equals(new ActiveLink.State.To(file))) {
                return Deletion.ACTIVE;
            }
            files.delete(file);
            return Deletion.DONE;
        });
    }

    /// The active one is written under its new name before the link leads there, and is removed under the old one
    /// last: a kill in between leaves two, of which one is active.
    @Override
    public Renaming rename(ScriptName from, ScriptName to) {
        String old = file(from);
        String next = file(to);
        return changing(() -> {
            if (files.facts(old).isEmpty()) {
                return Renaming.NOT_THERE;
            }
            if (disk.facts(places.folder().resolve(next)).isPresent()) {
                return Renaming.TAKEN;
            }
            if (link.state().equals(new ActiveLink.State.To(old))) {
                Optional<byte[]> content = files.read(old);
                if (content.isEmpty()) {
                    return Renaming.NOT_THERE;
                }
                files.replace(next, content.get());
                link.become(next);
                files.delete(old);
            } else {
                files.rename(old, next);
            }
            return Renaming.DONE;
        });
    }

    @Override
    public boolean activate(ScriptName name) {
        String file = file(name);
        return changing(() -> {
            if (files.facts(file).isEmpty()) {
                return false;
            }
            rescue();
            if (!link.state().equals(new ActiveLink.State.To(file))) {
                link.become(file);
            }
            return true;
        });
    }

    @Override
    public void deactivate() {
        changing(() -> {
            rescue();
            if (!(link.state() instanceof ActiveLink.State.None)) {
                link.remove();
            }
            return true;
        });
    }

    /// Keeps a plain file, which is about to go, as one of the scripts. Not over another one's bytes.
    private void rescue() throws IOException {
        Optional<byte[]> plain = link.state() instanceof ActiveLink.State.Plain ? plain() : Optional.empty();
        if (plain.isEmpty()) {
            return;
        }
        for (int copy = 1; ; copy++) {
            String file = RESCUED + (copy == 1 ? "" : "." + copy) + ScriptFileNames.SUFFIX;
            Optional<byte[]> there = files.read(file);
            if (there.isEmpty()) {
                files.replace(file, plain.get());
                event.info("scripts.rescued", "the active script was a plain file; it is kept", "file", file);
            }
            if (there.isEmpty() || Arrays.equals(there.get(), plain.get())) {
                return;
            }
        }
    }

    void removeAll() {
        changing(() -> {
            if (!(link.state() instanceof ActiveLink.State.None)) {
                link.remove();
            }
            for (ScriptEntry entry : entries()) {
                files.delete(file(entry.name()));
            }
            return true;
        });
    }

    /// From what the folder shows: names, sizes, times, and where the link leads.
    @Override
    public long stamp() {
        return reading(() -> {
            long stamp = mixed(17, link.state().hashCode());
            Optional<FileFacts> plain = disk.facts(link.path());
            stamp = mixed(stamp, plain.hashCode());
            for (ScriptEntry entry : entries()) {
                stamp = mixed(stamp, entry.name().hashCode());
                stamp = mixed(stamp, entry.size());
                stamp = mixed(stamp, entry.modified().hashCode());
            }
            return stamp;
        });
    }

    private static long mixed(long stamp, long more) {
        return (stamp ^ more) * 0x9E37_79B9_7F4A_7C15L ^ stamp >>> 29;
    }

    @Override
    public void close() {}
}
