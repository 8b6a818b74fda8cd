package palomar.storage.loft.v1;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.os.Disk;
import palomar.storage.journal.FileSegmentStore;
import palomar.storage.journal.LogReport;
import palomar.storage.journal.ScanDepth;

/// What an operator does with a loft, on one that is open: in the server, or opened for this alone (its LOCK files
/// keep a second opening out). All but the static ones may run while the store serves.
public final class LoftTools {
    private final List<Shard> shards;

    public LoftTools(LoftStorage storage) {
        this(storage.shards());
    }

    private LoftTools(List<Shard> shards) {
        this.shards = shards;
    }

    /// Looks at a store that nobody has open.
    @FunctionalInterface
    public interface Look<T> {
        /// @param tools of which only [LoftTools#users()], [LoftTools#stats()] and [LoftTools#export] are of use
        T at(LoftTools tools) throws IOException;
    }

    /// Reads a store that nobody has open, and changes nothing on the disk: no epoch is taken, no torn end cut
    /// off, no index or catalog made.
    ///
    /// @param event hears of what is damaged
    /// @throws IOException when a shard can't be read; the text says which
    public static <T> T inspect(Path directory, Disk disk, Event event, Look<T> look) throws IOException {
        List<Shard> shards = new ArrayList<>();
        List<FileSegmentStore> stores = new ArrayList<>();
        try {
            for (int number : LoftStorage.shardNumbers(directory, disk)) {
                if (number != shards.size()) {
                    throw new IOException(LoftStorage.shardName(shards.size()) + " is missing in " + directory);
                }
                Path folder = directory.resolve(LoftStorage.shardName(number));
                FileSegmentStore store = FileSegmentStore.inspect(disk, folder);
                stores.add(store);
                shards.add(inspected(store, folder, number, disk, event));
            }
            return look.at(new LoftTools(shards));
        } finally {
            for (FileSegmentStore store : stores) {
                store.close();
            }
        }
    }

    private static Shard inspected(FileSegmentStore store, Path folder, int number, Disk disk, Event event)
            throws IOException {
        IndexFolder indexes = new IndexFolder(disk, folder.resolve("idx"), store.shard());
        LoftSettings settings = LoftSettings.of(folder);
        OpenBoxes boxes = new OpenBoxes(settings.tuning().idleBytes());
        return new Shard(number, store, indexes, settings, boxes, InstantSource.system(), event);
    }

    /// All users that have mail, sorted.
    public List<String> users() {
        return shards.stream()
                .flatMap(shard -> shard.catalog().users().stream())
                .map(user -> user.name)
                .sorted()
                .toList();
    }

    /// Reads everything there is: each frame of the logs, each mailbox, each message with its digest.
    ///
    /// @param found hears of each problem as soon as it is known
    /// @return how many problems there are
    public long verify(Consumer<LoftProblem> found) throws IOException {
        long problems = 0;
        for (Shard shard : shards) {
            problems += new Verification(shard, found).run();
        }
        return problems;
    }

    /// As [#verify] for a store that nobody has open. Changes nothing on the disk: no epoch is taken, no torn end
    /// cut off, no index or catalog made.
    ///
    /// @return how many problems there are; what can't be opened at all is one
    public static long verify(Path directory, Disk disk, Consumer<LoftProblem> found) throws IOException {
        long problems = 0;
        List<Integer> numbers = LoftStorage.shardNumbers(directory, disk);
        for (int number = 0; number < numbers.size(); number++) {
            if (numbers.get(number) != number) {
                found.accept(new LoftProblem("shard " + number, LoftStorage.shardName(number) + " is missing"));
                return problems + 1;
            }
            problems += verify(directory.resolve(LoftStorage.shardName(number)), number, disk, found);
        }
        return problems;
    }

    private static long verify(Path folder, int number, Disk disk, Consumer<LoftProblem> found) {
        try (FileSegmentStore store = FileSegmentStore.inspect(disk, folder)) {
            return new Verification(inspected(store, folder, number, disk, Event.SILENT), found).run();
        } catch (IOException | MailException | Unpacker.Malformed e) {
            found.accept(new LoftProblem("shard " + number, "can't be read: " + reason(e)));
            return 1;
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause.getMessage();
    }

    public LoftStats stats() throws IOException {
        List<LoftStats.ShardStats> all = new ArrayList<>();
        for (Shard shard : shards) {
            LogReport report = shard.journal().report(ScanDepth.HEADERS);
            Map<String, Long> frames = new TreeMap<>();
            Map<String, Long> bytes = new TreeMap<>();
            report.types().forEach((type, count) -> {
                frames.put(RecordCodec.name(type), count.frames());
                bytes.put(RecordCodec.name(type), count.bytes());
            });
            List<Box> boxes = shard.catalog().boxes();
            long live = report.segments().stream()
                    .mapToLong(segment -> shard.catalog()
                            .usage()
                            .live(
                                    segment.segment().firstLsn(),
                                    segment.segment().endLsn()))
                    .sum();
            all.add(new LoftStats.ShardStats(
                    shard.number(),
                    shard.catalog().users().size(),
                    boxes.size(),
                    boxes.stream().mapToLong(box -> box.counters().messages()).sum(),
                    boxes.stream().mapToLong(box -> box.counters().bytes()).sum(),
                    report.segments().size(),
                    report.logBytes(),
                    report.storedBytes(),
                    live,
                    frames,
                    bytes));
        }
        return new LoftStats(all);
    }

    /// Writes a user's mailboxes into a folder, which is made.
    ///
    /// @return how many messages were written
    /// @throws MailException NOT_FOUND when there is no such user
    public long export(String user, ExportFormat format, Path target) throws IOException {
        return new Export(shards, user, format, target).run();
    }

    /// Compacts every segment that is worth it, now: also the one that is being written, which is ended for that
    /// when most of it is dead, and small ones.
    ///
    /// @return how many segments were emptied
    public int compact() {
        int gone = 0;
        for (Shard shard : shards) {
            gone += shard.compactor().runAll();
        }
        return gone;
    }

    /// After an older copy of the store was put back, once, before anyone is served: no UID, mod-sequence or
    /// mailbox id that was given since the copy will be given again. See [AfterRestore].
    ///
    /// @return how many mailboxes there are
    public int restored() {
        int boxes = 0;
        for (Shard shard : shards) {
            boxes += new AfterRestore(shard).run();
        }
        return boxes;
    }

    /// Throws away all that is derived from the logs of a store that is not open, so that the next opening makes
    /// it anew.
    ///
    /// @return how many shards there are
    /// @throws IOException when the store is open, or can't be changed
    public static int rebuild(Path directory, Disk disk, long segmentBytes) throws IOException {
        int shards = 0;
        while (disk.exists(directory.resolve(LoftStorage.shardName(shards)))) {
            Path folder = directory.resolve(LoftStorage.shardName(shards));
            try (FileSegmentStore store = FileSegmentStore.open(disk, folder, segmentBytes)) {
                store.deleteBlob(CatalogImage.BLOB);
                new IndexFolder(disk, folder.resolve("idx"), store.shard()).clear();
            }
            shards++;
        }
        return shards;
    }
}
