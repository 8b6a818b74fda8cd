package palomar.scripts;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.os.Disk;
import palomar.os.FileFacts;

/// Scripts that an operator wrote: a file, or a folder with all its `*.sieve` in the order of their names. Read
/// anew at each call, never changed. Safe for many threads.
public final class ScriptSource {
    private final Disk disk;
    private final Path place;

    public ScriptSource(Disk disk, Path place) {
        this.disk = disk;
        this.place = place.toAbsolutePath().normalize();
    }

    /// All of them, in the order in which they run; none when nothing is there. The operator's own links are
    /// followed.
    ///
    /// Throws IOException, which names the file, when one is there and can't be read.
    public List<Script> scripts() throws IOException {
        Optional<byte[]> single = isFolder() ? Optional.empty() : FolderFiles.read(disk, place, Disk.Mode.READ);
        if (single.isPresent()) {
            return List.of(HeldScript.of(nameOf(String.valueOf(place.getFileName())), single.get()));
        }
        List<Script> scripts = new ArrayList<>();
        for (String file : names()) {
            Optional<byte[]> bytes =
                    isScript(file) ? FolderFiles.read(disk, place.resolve(file), Disk.Mode.READ) : Optional.empty();
            bytes.ifPresent(found -> scripts.add(HeldScript.of(nameOf(file), found)));
        }
        return scripts;
    }

    /// The script of that name in the folder, for `include :global`; a place that is a file holds only itself.
    public Optional<Script> find(ScriptName name) throws IOException {
        Optional<String> file = ScriptFileNames.of(name);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        boolean folder = isFolder();
        if (!folder && !file.get().equals(String.valueOf(place.getFileName()))) {
            return Optional.empty();
        }
        Path path = folder ? place.resolve(file.get()) : place;
        return FolderFiles.read(disk, path, Disk.Mode.READ).map(bytes -> HeldScript.of(name.value(), bytes));
    }

    public Path place() {
        return place;
    }

    private boolean isFolder() throws IOException {
        Optional<FileFacts> facts = disk.facts(place);
        if (facts.isEmpty() || facts.get().kind() != FileFacts.Kind.LINK) {
            return facts.isPresent() && facts.get().kind() == FileFacts.Kind.FOLDER;
        }
        try {
            disk.list(place);
            return true;
        } catch (NotDirectoryException file) {
            return false;
        }
    }

    private List<String> names() throws IOException {
        try {
            return disk.list(place);
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private boolean isScript(String file) throws IOException {
        return file.endsWith(ScriptFileNames.SUFFIX)
                && !file.startsWith(".")
                && disk.facts(place.resolve(file))
                        .filter(facts -> facts.kind() != FileFacts.Kind.FOLDER)
                        .isPresent();
    }

    private static String nameOf(String file) {
        return ScriptFileNames.parse(file).map(ScriptName::value).orElse(file);
    }
}
