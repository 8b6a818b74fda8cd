package palomar.storage.loft.v1;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.mail.UidSet;
import palomar.storage.QuotaUsage;
import palomar.storage.journal.Applied;
import palomar.storage.journal.Commit;
import palomar.storage.journal.Durability;
import palomar.storage.journal.Journal;
import palomar.storage.journal.JournalSettings;
import palomar.storage.journal.SegmentStore;

/// One part of the store: a journal, the catalog that it produces, and the order in which records get into it.
///
/// Lock order: a user's tree, a mailbox's flag order, [#bodyPlaces], [#sequencer], the journal's own; and below
/// all of them the monitors of [Box] and [UserNode], in which nobody waits. Nobody holds the sequencer or a
/// monitor while the log writes or syncs.
final class Shard implements AutoCloseable {
    /// What a group does, which decides what must be synced before it is acknowledged.
    enum Change {
        MAIL,
        FLAGS
    }

    private static final long MAX_UID_VALIDITY = UidSet.MAX_UID;

    private final int number;
    private final boolean inspected;
    private final @Nullable IndexFolder folder;

    /// What was found wrong while opening, besides damaged stretches of the log.
    private final List<String> openingProblems = new ArrayList<>();

    private final LoftSettings settings;
    private final InstantSource clock;
    private final Event event;
    private final OpenBoxes openBoxes;
    private final Catalog catalog;
    private final Journal journal;
    private final Bodies bodies;
    private final Loader loader;
    private final ReentrantLock sequencer = new ReentrantLock();
    private final ReentrantReadWriteLock bodyPlaces = new ReentrantReadWriteLock();
    private final Checkpoint checkpoint;
    private final Compactor compactor;

    /// Set once, before anyone else sees the shard.
    private @Nullable Keeper keeper;

    private volatile boolean checkpointWanted;
    private volatile boolean closing;

    // Guarded by the sequencer.
    private long lastBoxGiven;
    private long lastUidValidityGiven;

    Shard(
            int number,
            SegmentStore store,
            @Nullable IndexFolder folder,
            LoftSettings settings,
            OpenBoxes openBoxes,
            InstantSource clock,
            Event parent)
            throws IOException {
        this.number = number;
        this.inspected = store.inspected();
        this.folder = folder;
        this.settings = settings;
        this.openBoxes = openBoxes;
        this.clock = clock;
        this.event = parent.with("shard", number);
        Image image = image(store);
        boolean clean = store.segments().isEmpty() || store.segments().getLast().sealed();
        Replay replay = new Replay(image.catalog, event);
        this.journal = inspected
                ? Journal.inspect(store, event, image.lsn, replay)
                : Journal.open(store, JournalSettings.DEFAULTS, event, image.lsn, replay);
        replay.malformed().forEach(lsn -> openingProblems.add("the record at LSN " + lsn + " makes no sense"));
        boolean compacted = image.lsn == 0 && hasGaps(store);
        this.catalog = compacted ? Rebuild.catalog(journal, settings.tuning().mostUnindexed(), event) : image.catalog;
        this.bodies = new Bodies(journal, event);
        this.loader = new Loader(journal, folder, settings.tuning().history(), event);
        this.checkpoint = new Checkpoint(journal, store.shard(), catalog, openBoxes, folder, event, image.lsn);
        this.compactor = new Compactor(this, settings.tuning().segmentBytes(), event);
        this.lastBoxGiven = catalog.lastBox();
        this.lastUidValidityGiven = catalog.lastUidValidity();
        if (replay.damaged() || compacted) {
            recount(image.lsn);
        }
        catalog.users().forEach(UserNode::recount);
        if (!clean) {
            catalog.boxes().forEach(Box::leap);
        }
    }

    /// True when segments are missing, as compaction leaves a log.
    private static boolean hasGaps(SegmentStore store) {
        long expected = SegmentStore.FIRST_LSN;
        for (SegmentStore.Segment segment : store.segments()) {
            if (segment.firstLsn() != expected) {
                return true;
            }
            expected = segment.endLsn();
        }
        return false;
    }

    /// The catalog before replay, and the LSN from which on it has to be replayed.
    private record Image(Catalog catalog, long lsn) {}

    private Image image(SegmentStore store) throws IOException {
        Optional<ByteSource> image = store.blob(CatalogImage.BLOB);
        if (image.isEmpty()) {
            return new Image(new Catalog(settings.tuning().mostUnindexed()), 0);
        }
        String why;
        try {
            Catalog loaded = new Catalog(settings.tuning().mostUnindexed());
            switch (CatalogImage.unpack(image.get().bytes(), store.shard(), loaded)) {
                case CatalogImage.Loaded.Good good -> {
                    return new Image(loaded, good.lsn());
                }
                case CatalogImage.Loaded.Bad bad -> why = bad.why();
            }
        } catch (Unpacker.Malformed e) {
            why = String.valueOf(e.getMessage());
        }
        openingProblems.add("the catalog image is not usable, so the whole log is read: " + why);
        event.warn("loft.catalog", "the catalog image is not usable; reading the whole log", "why", why);
        return new Image(new Catalog(settings.tuning().mostUnindexed()), 0);
    }

    /// Takes counters from rows, where the log does not tell them whole: after damage those of the mailboxes that
    /// were replayed, after replaying a compacted log all of them, with the weight of their bodies.
    private void recount(long fromLsn) {
        if (fromLsn == 0) {
            catalog.usage().clear();
        }
        for (Box box : catalog.boxes()) {
            if (fromLsn > 0 && box.lastUnindexed() < fromLsn) {
                continue;
            }
            LoadedBox loaded = openBoxes.acquire(this, box);
            try {
                box.recount(loaded);
                box.dropNotesWithout(loaded);
                if (fromLsn == 0) {
                    loaded.weigh(catalog.usage());
                }
            } finally {
                openBoxes.release(loaded);
            }
        }
    }

    /// Background work that takes long ends soon.
    void closing() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    void keptBy(Keeper by) {
        keeper = by;
    }

    /// Puts a catalog image. For the keeper and for closing.
    void checkpoint() {
        checkpointNow();
    }

    /// @return false when no image could be put
    boolean checkpointNow() {
        checkpointWanted = false;
        return checkpoint.run();
    }

    /// Compacts the segment that is worth it most, when there is one. For the keeper.
    void compact() {
        compactor.runOne();
    }

    Compactor compactor() {
        return compactor;
    }

    List<String> openingProblems() {
        return openingProblems;
    }

    /// Where index files lie; none in memory.
    @Nullable
    IndexFolder folder() {
        return folder;
    }

    /// True when nothing may be changed.
    boolean inspected() {
        return inspected;
    }

    int number() {
        return number;
    }

    Catalog catalog() {
        return catalog;
    }

    Journal journal() {
        return journal;
    }

    Bodies bodies() {
        return bodies;
    }

    OpenBoxes openBoxes() {
        return openBoxes;
    }

    InstantSource clock() {
        return clock;
    }

    /// Now, in seconds since 1970; never before that.
    long seconds() {
        return Math.max(0, clock.instant().getEpochSecond());
    }

    /// Held while UIDs and mod-sequences are drawn and their group is submitted: both orders are the same.
    ReentrantLock sequencer() {
        return sequencer;
    }

    /// Read-locked from reading a body's place until a record that names it is applied; compaction write-locks it
    /// to be sure that nobody will still write down a place which it is about to give up.
    ReentrantReadWriteLock bodyPlaces() {
        return bodyPlaces;
    }

    Batch batch() {
        return new Batch();
    }

    /// Queues a transaction. Under the sequencer; [Commit#await()] must follow once it is released.
    ///
    /// Throws MailException OVER_QUOTA when a user has no room for what it adds.
    Commit submit(Batch batch, Change change) {
        Durability durability = switch (settings.sync()) {
            case ALL -> Durability.SYNC;
            case MAIL -> change == Change.MAIL ? Durability.SYNC : Durability.WRITTEN;
            case NONE -> Durability.WRITTEN;
        };
        Charges charges = Charges.of(batch, catalog);
        charges.take();
        boolean queued = false;
        try {
            Commit commit = journal.submit(batch.group(), durability, new Applied() {
                @Override
                public void applied(long groupLsn) {
                    apply(batch, groupLsn, charges);
                }

                @Override
                public void refused() {
                    charges.refused();
                }
            });
            queued = true;
            return commit;
        } finally {
            if (!queued) {
                charges.refused();
            }
        }
    }

    /// Throws MailException OVER_QUOTA when the owner of a mailbox has no room for so much more. Under the
    /// sequencer: before UIDs are given, so that a refusal leaves no gap.
    void requireRoom(Box box, long bytes, long messages) {
        UserNode node = catalog.user(box.user);
        if (node != null) {
            node.limits().requireRoom(node.usage(), QuotaUsage.ofMail(bytes, messages));
        }
    }

    /// Queues a transaction that nobody waits for and no order depends on.
    void post(Batch batch) {
        journal.submit(batch.group(), Durability.WRITTEN, lsn -> apply(batch, lsn, Charges.NONE));
    }

    private void apply(Batch batch, long groupLsn, Charges charges) {
        List<Batch.Entry> entries = batch.entries();
        List<LogRecord> records = new ArrayList<>(entries.size());
        long[] lsns = new long[entries.size()];
        for (int i = 0; i < lsns.length; i++) {
            Batch.Entry entry = entries.get(i);
            lsns[i] = groupLsn + entry.offset();
            Batch.settle(entry.record(), lsns[i]);
            records.add(entry.record());
        }
        Applying applying = new Applying();
        catalog.apply(records, lsns, applying);
        charges.applied();
        for (Watchers watchers : applying.toWake()) {
            watchers.wake(event);
        }
        for (Applying.Changed changed : applying.toTell()) {
            changed.watchers().wake(new MailboxId(changed.box()), event);
        }
        keep(applying, groupLsn);
    }

    private void keep(Applying applying, long groupLsn) {
        Keeper by = keeper;
        if (by == null) {
            return;
        }
        for (Box box : applying.toIndex()) {
            by.add(() -> checkpoint.index(this, box));
        }
        if (!checkpointWanted
                && groupLsn - checkpoint.lastLsn() > settings.tuning().checkpointBytes()) {
            checkpointWanted = true;
            by.add(this::checkpoint);
        }
    }

    /// What a new mailbox begins with. Under the sequencer.
    LogRecord.BoxState newBox(String user, MailboxName name, Set<SpecialUse> uses) {
        long counter = (Math.max(lastBoxGiven, catalog.lastBox()) >>> 8) + 1;
        lastBoxGiven = counter << 8 | number;
        long now = Math.clamp(clock.instant().getEpochSecond(), 1, MAX_UID_VALIDITY - 1);
        lastUidValidityGiven = Math.max(Math.max(lastUidValidityGiven, catalog.lastUidValidity()) + 1, now);
        return new LogRecord.BoxState(
                lastBoxGiven, user, name, Set.copyOf(uses), lastUidValidityGiven, 1, 1, 1, 0, List.of());
    }

    /// What a mailbox begins with whose id is `leap` further than the next one's would be. Under the sequencer.
    LogRecord.BoxState newBoxFarAhead(String user, long leap) {
        lastBoxGiven = Math.max(lastBoxGiven, catalog.lastBox()) + (leap << 8);
        return newBox(user, MailboxName.of("far-ahead-" + lastBoxGiven), Set.of());
    }

    /// Reads a mailbox's rows and puts them into force. Called by [OpenBoxes] only.
    LoadedBox load(Box box) {
        return loader.load(box);
    }

    @Override
    public void close() throws IOException {
        if (!inspected) {
            checkpoint.indexBeforeEnd(this);
            checkpoint.run();
        }
        journal.close();
    }
}
