package palomar.storage.loft.v1;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteSource;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.os.DiskFile;
import palomar.os.DiskFullException;
import palomar.storage.journal.Durability;
import palomar.storage.journal.Group;
import palomar.storage.journal.Journal;

/// Writes one shard's shortcuts: index files and catalog images. Failures are told and change nothing: the log
/// still has everything.
///
/// An index file may be ahead of the last image but an image never relies on a file that is not on disk: files are
/// forced before the image is put.
final class Checkpoint {
    private static final Duration MOST_BEFORE_END = Duration.ofSeconds(1);

    private final Journal journal;
    private final UUID shard;
    private final Catalog catalog;
    private final OpenBoxes openBoxes;
    private final @Nullable IndexFolder folder;
    private final Event event;

    /// One writer of files at a time.
    private final ReentrantLock writing = new ReentrantLock();

    private final Set<Box> unforced = new LinkedHashSet<>();
    private volatile long lastLsn;

    Checkpoint(
            Journal journal,
            UUID shard,
            Catalog catalog,
            OpenBoxes openBoxes,
            @Nullable IndexFolder folder,
            Event event,
            long lastLsn) {
        this.journal = journal;
        this.shard = shard;
        this.catalog = catalog;
        this.openBoxes = openBoxes;
        this.folder = folder;
        this.event = event;
        this.lastLsn = lastLsn;
    }

    /// Where replay would begin now.
    long lastLsn() {
        return lastLsn;
    }

    /// Brings a mailbox's index file up to date, or removes that of a mailbox that is gone.
    void index(Shard owner, Box box) {
        IndexFolder files = folder;
        if (files == null) {
            return;
        }
        writing.lock();
        try {
            if (box.deleted()) {
                unforced.remove(box);
                files.delete(box.id, IndexReader.SUFFIX);
                files.delete(box.id, DigestWindows.SUFFIX);
                return;
            }
            LoadedBox loaded = openBoxes.acquire(owner, box);
            try {
                if (new IndexWriter(files, journal, loaded).write()) {
                    unforced.add(box);
                }
                DigestFile digests = loaded.digests();
                if (digests == null) {
                    digests = new DigestFile(files, loaded);
                    loaded.digests(digests);
                }
                digests.extend(owner.bodies());
            } finally {
                openBoxes.release(loaded);
            }
        } catch (IOException | MailException e) {
            event.warn("loft.index", "an index file could not be written; tried again later", "mailbox", box, "why", e);
        } finally {
            box.indexDone();
            writing.unlock();
        }
    }

    /// Brings index files up to date for as long as a stop may take: the next start's first SELECTs are faster,
    /// that is all, since what is missing in a file is read from the log.
    void indexBeforeEnd(Shard owner) {
        long end = System.nanoTime() + MOST_BEFORE_END.toNanos();
        for (Box box : openBoxes.idle()) {
            if (System.nanoTime() > end || journal.failure().isPresent()) {
                return;
            }
            if (box.wantsIndexBeforeEnd()) {
                index(owner, box);
            }
        }
    }

    /// Puts a new catalog image, when something happened since the last.
    ///
    /// @return false when that was not possible
    boolean run() {
        writing.lock();
        try {
            if (journal.failure().isPresent()) {
                return false;
            }
            if (journal.committedLsn() <= lastLsn) {
                return true;
            }
            force();
            AtomicReference<ByteSource> image = new AtomicReference<>();
            Group group = new Group();
            group.add(RecordCodec.CHECKPOINT, Batch.VERSION, 0);
            // Compaction can't free anything before there is an image.
            group.freesSpace();
            // While a group is applied nothing else is: the image is of exactly this LSN.
            long lsn = journal.append(group, Durability.SYNC, at -> image.set(CatalogImage.pack(catalog, shard, at)));
            put(image.get());
            lastLsn = lsn + group.length();
            event.debug(
                    "loft.checkpoint",
                    "checkpoint",
                    "lsn",
                    lsn,
                    "bytes",
                    image.get().size());
            return true;
        } catch (IOException | MailException e) {
            event.warn("loft.checkpoint", "no checkpoint could be made; the next start takes longer", "why", e);
            return false;
        } finally {
            writing.unlock();
        }
    }

    private void put(ByteSource image) throws IOException {
        try {
            journal.putBlob(CatalogImage.BLOB, image);
        } catch (DiskFullException full) {
            if (!journal.spendReserve()) {
                throw full;
            }
            journal.putBlob(CatalogImage.BLOB, image);
        }
    }

    private void force() throws IOException {
        IndexFolder files = folder;
        if (files == null) {
            return;
        }
        for (Box box : Set.copyOf(unforced)) {
            if (!box.deleted()) {
                try (DiskFile file = files.open(box.id, IndexReader.SUFFIX)) {
                    file.force(false);
                }
            }
            unforced.remove(box);
        }
    }
}
