package palomar.storage.loft.v1;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxName;
import palomar.mail.MessageGuid;
import palomar.os.Disk;
import palomar.storage.StagedMessage;
import palomar.storage.Staging;
import palomar.storage.Storage;
import palomar.storage.UserMail;
import palomar.storage.journal.Commit;
import palomar.storage.journal.FileSegmentStore;
import palomar.storage.journal.MemorySegmentStore;
import palomar.storage.journal.SegmentStore;

/// Our own mail store: an append-only log for each shard, and everything else derived from it.
///
/// Safe for many threads. [docs/storage/loft-v1.md] tells the bytes, `package-info` the rules.
public final class LoftStorage implements Storage {
    private static final int STRIPES = 64;
    private static final int MAX_USER_BYTES = 1024;

    private final LoftSettings settings;
    private final List<Shard> shards;
    private final Keeper keeper;
    private final @Nullable Spool spool;
    private final RandomGenerator random;

    /// Held while a user is made or removed, by the hash of the name.
    private final ReentrantLock[] comingAndGoing = new ReentrantLock[STRIPES];

    private LoftStorage(
            LoftSettings settings, List<Shard> shards, Keeper keeper, @Nullable Spool spool, RandomGenerator random) {
        this.settings = settings;
        this.shards = List.copyOf(shards);
        this.keeper = keeper;
        this.spool = spool;
        this.random = random;
        for (int i = 0; i < STRIPES; i++) {
            comingAndGoing[i] = new ReentrantLock();
        }
    }

    /// Opens the store in a folder, making it when there is none.
    ///
    /// @param random draws GUIDs; used under a lock
    /// @throws IOException when it can't be opened; the text names the file
    public static LoftStorage open(
            LoftSettings settings, Disk disk, InstantSource clock, RandomGenerator random, Event event)
            throws IOException {
        disk.makeDirectories(settings.directory());
        List<Integer> numbers = shardNumbers(settings.directory(), disk);
        int there = numbers.size();
        if (there > 0 && numbers.getLast() != there - 1) {
            throw new IOException("a shard is missing in " + settings.directory() + ": there are " + numbers);
        }
        List<SegmentStore> stores = new ArrayList<>();
        // Fewer folders than wanted means a first opening that was cut short; more are never a fault.
        int wanted = there == 0 ? settings.shards() : there;
        boolean opened = false;
        try {
            for (int i = 0; i < wanted; i++) {
                Path folder = settings.directory().resolve(shardName(i));
                stores.add(FileSegmentStore.open(disk, folder, settings.tuning().segmentBytes()));
            }
            Spool spool = new Spool(disk, settings.directory().resolve("spool"), event);
            LoftStorage storage = open(settings, stores, folders(settings, stores, disk), spool, clock, random, event);
            opened = true;
            return storage;
        } finally {
            if (!opened) {
                closeAll(stores);
            }
        }
    }

    /// Opens a store over shards in memory; for tests.
    public static LoftStorage open(
            LoftSettings settings,
            List<MemorySegmentStore.Shard> memory,
            InstantSource clock,
            RandomGenerator random,
            Event event)
            throws IOException {
        List<SegmentStore> stores = new ArrayList<>();
        for (MemorySegmentStore.Shard shard : memory) {
            stores.add(new MemorySegmentStore(shard, settings.tuning().segmentBytes()));
        }
        return open(settings, stores, List.of(), null, clock, random, event);
    }

    /// Identities for a store in memory with as many shards as the settings say.
    public static List<MemorySegmentStore.Shard> memory(LoftSettings settings) {
        List<MemorySegmentStore.Shard> shards = new ArrayList<>();
        for (int i = 0; i < settings.shards(); i++) {
            shards.add(new MemorySegmentStore.Shard(new UUID(0x6c6f66742d6d656dL, i)));
        }
        return shards;
    }

    private static List<IndexFolder> folders(LoftSettings settings, List<SegmentStore> stores, Disk disk) {
        List<IndexFolder> folders = new ArrayList<>();
        for (int i = 0; i < stores.size(); i++) {
            Path folder = settings.directory().resolve(shardName(i)).resolve("idx");
            folders.add(new IndexFolder(disk, folder, stores.get(i).shard()));
        }
        return folders;
    }

    private static LoftStorage open(
            LoftSettings settings,
            List<SegmentStore> stores,
            List<IndexFolder> folders,
            @Nullable Spool spool,
            InstantSource clock,
            RandomGenerator random,
            Event event)
            throws IOException {
        OpenBoxes openBoxes = new OpenBoxes(settings.tuning().idleBytes());
        List<Shard> shards = new ArrayList<>();
        for (int i = 0; i < stores.size(); i++) {
            IndexFolder folder = i < folders.size() ? folders.get(i) : null;
            shards.add(new Shard(i, stores.get(i), folder, settings, openBoxes, clock, event));
        }
        Keeper keeper = new Keeper(shards, Duration.ofSeconds(settings.tuning().checkpointSeconds()), event);
        shards.forEach(shard -> shard.keptBy(keeper));
        keeper.start();
        return new LoftStorage(settings, shards, keeper, spool, random);
    }

    /// The shards in a directory, ascending; with a gap when one is missing.
    static List<Integer> shardNumbers(Path directory, Disk disk) throws IOException {
        List<String> names = disk.list(directory);
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < LoftSettings.MOST_SHARDS; number++) {
            if (names.contains(shardName(number))) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    static String shardName(int number) {
        return "SHARD-" + (number < 10 ? "0" : "") + number;
    }

    private static void closeAll(List<SegmentStore> stores) {
        for (SegmentStore store : stores) {
            try {
                store.close();
            } catch (IOException e) {
                // The failure that brought us here is the one to tell.
                continue;
            }
        }
    }

    List<Shard> shards() {
        return shards;
    }

    @Override
    public Traits traits() {
        return new Traits("loft", true, true);
    }

    @Override
    public Stream<String> users() {
        return shards.stream()
                .flatMap(shard -> shard.catalog().users().stream())
                .map(user -> user.name);
    }

    @Override
    public UserMail open(String user) {
        Found found = findOrMake(user);
        return new LoftUserMail(found.shard, found.node);
    }

    private record Found(Shard shard, UserNode node) {}

    private @Nullable Found find(String user) {
        for (Shard shard : shards) {
            UserNode node = shard.catalog().user(user);
            if (node != null) {
                return new Found(shard, node);
            }
        }
        return null;
    }

    private Found findOrMake(String user) {
        Found there = find(user);
        if (there != null && there.node.box(MailboxName.INBOX) != null) {
            return there;
        }
        if (user.isEmpty() || user.length() > MAX_USER_BYTES) {
            throw new MailException(MailError.CANNOT, "user name is empty or too long");
        }
        ReentrantLock lock = comingAndGoing(user);
        lock.lock();
        try {
            there = find(user);
            if (there == null) {
                make(shards.get(Math.floorMod(spread(user), shards.size())), user);
            } else if (there.node.box(MailboxName.INBOX) == null) {
                // Lost with a damaged record: nobody can do without one.
                make(there.shard, user);
            }
            there = find(user);
        } finally {
            lock.unlock();
        }
        if (there == null) {
            throw new MailException(MailError.UNAVAILABLE, "the user's mail is not available just now");
        }
        return there;
    }

    private ReentrantLock comingAndGoing(String user) {
        return comingAndGoing[Math.floorMod(spread(user), STRIPES)];
    }

    private static int spread(String user) {
        int hash = user.hashCode() * 0x9e3779b9;
        return hash ^ hash >>> 15;
    }

    private static void make(Shard shard, String user) {
        Batch batch = shard.batch();
        Commit commit;
        shard.sequencer().lock();
        try {
            batch.add(new LogRecord.UserCreated(user));
            batch.add(shard.newBox(user, MailboxName.INBOX, java.util.Set.of()));
            commit = shard.submit(batch, Shard.Change.MAIL);
        } finally {
            shard.sequencer().unlock();
        }
        commit.await();
    }

    @Override
    public boolean deleteUser(String user) {
        ReentrantLock lock = comingAndGoing(user);
        lock.lock();
        try {
            Found found = find(user);
            if (found == null) {
                return false;
            }
            found.node.tree().lock();
            try {
                new UserRemoval(found.shard, found.node).run();
                return true;
            } finally {
                found.node.tree().unlock();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Staging stage() {
        MessageGuid guid;
        synchronized (random) {
            guid = new MessageGuid(random.nextLong(), random.nextLong());
        }
        return new LoftStaging(spool, settings.compress(), guid);
    }

    @Override
    public List<Delivered> deliver(StagedMessage message, List<Target> targets) {
        Delivery delivery = new Delivery(message, targets);
        for (int i = 0; i < targets.size(); i++) {
            try {
                Found found = findOrMake(targets.get(i).user());
                delivery.to(i, found.shard, found.node);
            } catch (MailException e) {
                delivery.failed(i, e);
            }
        }
        return delivery.run();
    }

    @Override
    public void close() {
        shards.forEach(Shard::closing);
        keeper.close();
        IOException failure = null;
        for (Shard shard : shards) {
            try {
                shard.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw Failures.refusal(failure);
        }
    }
}
