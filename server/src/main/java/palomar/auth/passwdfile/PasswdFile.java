package palomar.auth.passwdfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;

/// A passwd-file that is read again when it has changed; shared by the passdb and the userdb on it.
///
/// Each question costs a `stat`. A change by renaming counts at once. A file that is being written in place
/// is left alone until it has been quiet for a second, because half a file would lock half of the users out.
/// A file that is gone or can't be read leaves the last version in force. Safe for many threads.
public final class PasswdFile {
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final long LARGEST = 512L * 1024 * 1024;
    private static final int TRIES = 3;

    private record Stamp(@Nullable Object key, FileTime modified, long size) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(now.fileKey(), now.lastModifiedTime(), now.size());
        }

        /// True when a further change could leave this very stamp behind, or is likely to follow.
        boolean young(Instant now) {
            return Duration.between(modified.toInstant(), now).abs().compareTo(QUIET) < 0;
        }
    }

    /// @param settled false when the stamp was young as this was read: it is read once more later
    private record Version(PasswdTable table, Stamp stamp, boolean settled) {}

    private final PasswdFileSettings settings;
    private final InstantSource clock;
    private final Event events;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Version version;
    private volatile String lastTrouble = "";

    public PasswdFile(PasswdFileSettings settings, InstantSource clock, Event events) {
        this.settings = settings;
        this.clock = clock;
        this.events = events.with("file", settings.path());
    }

    public PasswdFileSettings settings() {
        return settings;
    }

    /// The current version.
    ///
    /// Throws IOException, with a text for the operator, when no version could be read since the start
    PasswdTable table() throws IOException {
        Version known = version;
        try {
            Stamp stamp = Stamp.of(settings.path());
            if (known != null && !outdated(known, stamp)) {
                return known.table;
            }
            return read(known);
        } catch (IOException e) {
            return fallBack(known, e);
        }
    }

    private boolean outdated(Version known, Stamp stamp) {
        if (stamp.equals(known.stamp)) {
            return !known.settled && !stamp.young(clock.instant());
        }
        boolean inPlace = stamp.key == null || stamp.key.equals(known.stamp.key);
        return !inPlace || !stamp.young(clock.instant());
    }

    /// Reads the file, unless another thread does so just now: then the version before is good enough.
    private PasswdTable read(@Nullable Version known) throws IOException {
        if (known == null) {
            reading.lock();
        } else if (!reading.tryLock()) {
            return known.table;
        }
        try {
            Version latest = version;
            if (latest != null && latest != known) {
                return latest.table; // read by another thread while this one waited
            }
            Version fresh = readQuiet();
            version = fresh;
            lastTrouble = "";
            fresh.table.complaints().forEach(text -> events.error("auth.passwd-file-line", text, null));
            events.debug("auth.passwd-file-read", "read", "users", fresh.table.users());
            return fresh.table;
        } finally {
            reading.unlock();
        }
    }

    /// A version whose stamp was the same before and after.
    private Version readQuiet() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Stamp before = Stamp.of(settings.path());
            if (before.size > LARGEST) {
                throw new IOException(settings.path() + " is larger than " + LARGEST + " octets");
            }
            byte[] bytes = Files.readAllBytes(settings.path());
            Stamp after = Stamp.of(settings.path());
            if (before.equals(after) && bytes.length == after.size) {
                return new Version(PasswdTable.of(bytes), after, !after.young(clock.instant()));
            }
        }
        throw new IOException(settings.path() + " changes while it is read");
    }

    private PasswdTable fallBack(@Nullable Version known, IOException trouble) throws IOException {
        String text = trouble instanceof NoSuchFileException
                ? settings.path() + " does not exist; `palomar user add` makes it"
                : "can't read " + settings.path() + ": " + trouble;
        if (known == null) {
            throw new IOException(text, trouble);
        }
        if (!text.equals(lastTrouble)) {
            lastTrouble = text;
            events.error("auth.passwd-file-unreadable", text + "; the last version stays in force", null);
        }
        return known.table;
    }

    /// The line of a user of this name.
    Optional<PasswdLine> find(String name) throws IOException {
        return table().find(name);
    }
}
