package palomar.storage.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import palomar.mail.MailException;
import palomar.mail.MessageGuid;
import palomar.storage.Mailbox.Appended;
import palomar.storage.Mailbox.NewMessage;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;

/// A [Storage] in memory. Safe for many threads.
public final class MemoryStorage implements Storage {
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, MemoryUser> users = new HashMap<>();
    private long lastMailboxId;
    private long lastUidValidity;

    /// @param clock for saved dates and UIDVALIDITY
    /// @param random for GUIDs
    public MemoryStorage(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Traits traits() {
        return new Traits("memory", false, true);
    }

    @Override
    public UserMail open(String user) {
        return locked(() -> users.computeIfAbsent(user, name -> new MemoryUser(this, name)));
    }

    @Override
    public Stream<String> users() {
        return locked(() -> List.copyOf(users.keySet())).stream();
    }

    @Override
    public boolean deleteUser(String user) {
        MemoryUser gone = locked(() -> users.remove(user));
        if (gone == null) {
            return false;
        }
        gone.deleteAll();
        return true;
    }

    @Override
    public Staging stage() {
        return new MemoryStaging(locked(() -> new MessageGuid(random.nextLong(), random.nextLong())));
    }

    @Override
    public List<Delivered> deliver(StagedMessage message, List<Target> targets) {
        List<Delivered> results = new ArrayList<>(targets.size());
        for (Target target : targets) {
            results.add(deliver(message, target));
        }
        return results;
    }

    private Delivered deliver(StagedMessage message, Target target) {
        try (UserMail mail = open(target.user())) {
            MemoryMailbox mailbox = ((MemoryUser) mail).existing(target.mailbox());
            NewMessage copy = new NewMessage(message, target.head(), target.flags(), target.internalDate());
            Appended appended = mailbox.append(List.of(copy));
            return new Delivered.Stored(appended.uidValidity(), appended.uids().first(0));
        } catch (MailException refused) {
            return new Delivered.Failed(refused);
        }
    }

    @Override
    public void close() {}

    Instant now() {
        return clock.instant();
    }

    long nextMailboxId() {
        return ++lastMailboxId;
    }

    /// Seconds since 1970, but always more than any given before, so that a name made again gets a larger one.
    long nextUidValidity() {
        lastUidValidity = Math.max(lastUidValidity + 1, clock.instant().getEpochSecond());
        return lastUidValidity;
    }

    <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
