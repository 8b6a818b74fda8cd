package palomar.scripts;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import palomar.event.Event;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// Scripts in the mail store. Safe for many threads.
///
/// Which scripts a user has stands in one of his named values ([ScriptIndex]), some hundred bytes in memory. Their
/// bytes do not: each is a message in the INBOX of a companion, a user of the store whom nobody can log in as,
/// because of a character in his name that no login has. So they are in the log, its compaction, verification and
/// backup, without counting as mail (docs/decisions/0059).
public final class MailScripts implements ScriptStore {
    /// Before a user's name: the name of his companion.
    private static final String COMPANION = "\u001fsieve/";

    static final String ATTRIBUTE = "sieve/scripts";

    /// Reading the list and changing it belong together; one lock for the users of one remainder. It is taken
    /// before any of a store's.
    private final ReentrantLock[] locks =
            IntStream.range(0, 64).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    private final Storage storage;
    private final InstantSource clock;
    private final Event event;
    private volatile ScriptLimits limits;

    public MailScripts(Storage storage, ScriptLimits limits, InstantSource clock, Event event) {
        this.storage = storage;
        this.limits = limits;
        this.clock = clock;
        this.event = event;
    }

    /// For what is put from now on.
    public void limits(ScriptLimits changed) {
        limits = changed;
    }

    /// True for a user of the store who only keeps the scripts of another.
    public static boolean isCompanion(String user) {
        return user.startsWith(COMPANION);
    }

    @Override
    public UserScripts open(ScriptOwner owner) {
        return new UserMailScripts(this, storage.open(owner.user()));
    }

    @Override
    public void forget(ScriptOwner owner) {
        ReentrantLock lock = lock(owner.user());
        lock.lock();
        try {
            try (UserMail mail = storage.open(owner.user())) {
                mail.attributes().change(Map.of(ATTRIBUTE, Optional.empty()));
            }
            storage.deleteUser(companion(owner.user()));
        } finally {
            lock.unlock();
        }
    }

    static String companion(String user) {
        return COMPANION + user;
    }

    ReentrantLock lock(String user) {
        return locks[Math.floorMod(user.hashCode(), locks.length)];
    }

    Storage storage() {
        return storage;
    }

    ScriptLimits limits() {
        return limits;
    }

    InstantSource clock() {
        return clock;
    }

    Event event() {
        return event;
    }
}
