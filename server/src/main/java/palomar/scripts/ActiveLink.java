package palomar.scripts;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import palomar.os.Disk;
import palomar.os.FileFacts;

/// The symbolic link that says which script is active, usually `~/.dovecot.sieve`. It is relative where it can be,
/// so that a home may move, and it is replaced in one step.
final class ActiveLink {
    private final Disk disk;
    private final Path link;
    private final Path folder;

    ActiveLink(Disk disk, FilePlaces places) {
        this.disk = disk;
        this.link = places.active();
        this.folder = places.folder();
    }

    /// What stands where the link is to be.
    sealed interface State {
        /// Nothing: no script is active.
        record None() implements State {}

        /// The link leads to this file of the folder, which need not be there.
        record To(String file) implements State {}

        /// A plain file in place of the link: it is the active script.
        record Plain() implements State {}

        /// A link that leads elsewhere, or something that is neither file nor link. It is not followed.
        record Astray(String what) implements State {}
    }

    State state() throws IOException {
        Optional<FileFacts> facts = disk.facts(link);
        if (facts.isEmpty()) {
            return new State.None();
        }
        return switch (facts.get().kind()) {
            case FILE -> new State.Plain();
            case LINK -> target(disk.readLink(link));
            case FOLDER -> new State.Astray("a folder");
            case OTHER -> new State.Astray("no file");
        };
    }

    private State target(String written) {
        Path target = directory().resolve(written).normalize();
        Path file = target.getFileName();
        boolean ours = file != null && folder.equals(target.getParent());
        return ours ? new State.To(file.toString()) : new State.Astray("a link to " + written);
    }

    private Path directory() {
        Path parent = link.getParent();
        return parent == null ? link : parent;
    }

    Path path() {
        return link;
    }

    /// Lets the link lead to a file of the folder; durable on return. At every moment the old or the new one is in
    /// force.
    void become(String file) throws IOException {
        disk.makeDirectories(directory());
        Path next = link.resolveSibling(link.getFileName() + "-new.palomar");
        try {
            disk.delete(next); // of someone who was killed
        } catch (NoSuchFileException usual) {
            // nobody was
        }
        Path target = folder.resolve(file);
        boolean related = folder.startsWith(directory());
        disk.symlink(next, (related ? directory().relativize(target) : target).toString());
        disk.rename(next, link);
        disk.syncDirectory(directory());
    }

    void remove() throws IOException {
        disk.delete(link);
        disk.syncDirectory(directory());
    }
}
