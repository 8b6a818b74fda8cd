package palomar.storage.loft.v1;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import palomar.event.Event;
import palomar.os.Disk;

/// The folder for messages that are arriving. Whatever is in it when the store opens belongs to nobody.
final class Spool {
    private final Disk disk;
    private final Path folder;
    private final Event event;
    private final AtomicLong number = new AtomicLong();

    Spool(Disk disk, Path folder, Event event) throws IOException {
        this.disk = disk;
        this.folder = folder;
        this.event = event;
        disk.makeDirectories(folder);
        for (String left : disk.list(folder)) {
            disk.delete(folder.resolve(left));
        }
    }

    SpoolFile file() throws IOException {
        return new SpoolFile(disk, folder.resolve(Long.toString(number.incrementAndGet(), 36) + ".msg"));
    }

    void discard(SpoolFile file) {
        try {
            file.close();
        } catch (NoSuchFileException e) {
            event.debug("loft.spool", "a spool file was gone already", "file", String.valueOf(e.getFile()));
        } catch (IOException e) {
            event.warn("loft.spool", "a spool file could not be removed; the next start removes it", "why", e);
        }
    }
}
