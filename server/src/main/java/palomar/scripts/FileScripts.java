package palomar.scripts;

import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.os.Disk;

/// Scripts in files as Dovecot's Pigeonhole has them, in place: a folder with `NAME.sieve` for each, and a
/// symbolic link to the active one, so that a user can go back. Safe for many threads; other programs may change
/// the files meanwhile.
public final class FileScripts implements ScriptStore {
    /// Looking and changing belong together; one lock for the users of one remainder.
    private final ReentrantLock[] locks =
            IntStream.range(0, 64).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    private final Disk disk;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Event event;
    private volatile Settings settings;

    /// What an operator may set.
    ///
    /// @param folder of the scripts: an absolute path, in which a `~` in front is the user's home and `%{user}`
    /// his
    ///     name
    /// @param active the link to the active script, likewise
    public record Settings(String folder, String active, ScriptLimits limits) {
        public static final Settings USUAL = new Settings("~/sieve", "~/.dovecot.sieve", ScriptLimits.USUAL);
    }

    /// @param random for names of files that are being written; must be safe for many threads
    public FileScripts(Disk disk, Settings settings, InstantSource clock, RandomGenerator random, Event event) {
        this.disk = disk;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.event = event;
    }

    /// For users that are opened from now on.
    public void reload(Settings changed) {
        settings = changed;
    }

    @Override
    public UserScripts open(ScriptOwner owner) {
        return files(owner);
    }

    private UserFileScripts files(ScriptOwner owner) {
        Settings now = settings;
        FilePlaces places = FilePlaces.of(now.folder, now.active, owner).orElseThrow(() -> {
            event.error(
                    "scripts.no-place",
                    "scripts are kept in files, but where is unknown for this user: give him the userdb field \"home\","
                            + " or set sieve.scripts.folder and sieve.scripts.active to absolute paths with %{user}",
                    null,
                    "user",
                    owner.user());
            return new MailException(MailError.UNAVAILABLE, "your scripts can't be found now");
        });
        ReentrantLock lock = locks[Math.floorMod(places.folder().hashCode(), locks.length)];
        FolderFiles files = new FolderFiles(disk, places.folder(), clock, random);
        return new UserFileScripts(disk, places, files, now.limits, lock, event.with("user", owner.user()));
    }

    @Override
    public void forget(ScriptOwner owner) {
        try (UserFileScripts scripts = files(owner)) {
            scripts.removeAll();
        }
    }
}
