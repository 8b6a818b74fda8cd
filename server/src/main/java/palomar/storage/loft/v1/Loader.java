package palomar.storage.loft.v1;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;
import palomar.storage.journal.DamagedFrameException;
import palomar.storage.journal.Frame;
import palomar.storage.journal.FrameHeader;
import palomar.storage.journal.Journal;
import palomar.storage.journal.SegmentGoneException;

/// Brings a mailbox's rows into memory: the index file, then the frames that it does not contain yet. Safe for
/// many threads, one mailbox at a time ([OpenBoxes] sees to that).
final class Loader {
    private final Journal journal;
    private final @Nullable IndexFolder folder;
    private final Retention retention;
    private final Event event;
    private final FrameFinder finder;

    Loader(Journal journal, @Nullable IndexFolder folder, Retention retention, Event event) {
        this.retention = retention;
        this.finder = new FrameFinder(journal);
        this.journal = journal;
        this.folder = folder;
        this.event = event;
    }

    /// The rows, in force: from now on records are applied to them too.
    ///
    /// @throws MailException UNAVAILABLE when the log can't be read
    LoadedBox load(Box box) {
        try {
            LoadedBox loaded;
            long through = box.indexLsn();
            IndexReader.Found found =
                    through == 0 || folder == null ? null : new IndexReader(folder, box, retention).read();
            if (found != null && found.lsn() >= through && found.lsn() <= journal.committedLsn()) {
                through = found.lsn();
                loaded = new LoadedBox(box, found.rows(), found.vanished());
                loaded.index(found.state());
            } else {
                loaded = empty(box);
                if (found != null) {
                    through = rebuild(loaded, found.why());
                }
            }
            return catchUp(box, loaded, through);
        } catch (IOException e) {
            throw Failures.refusal(e);
        }
    }

    private LoadedBox empty(Box box) {
        Vanished vanished = new Vanished(retention);
        vanished.reset(box.historyFrom());
        return new LoadedBox(box, new Rows(), vanished);
    }

    /// The log tells everything; it only takes longer.
    private long rebuild(LoadedBox loaded, String why) throws IOException {
        Box box = loaded.box;
        event.warn("loft.index", "an index file is not usable; reading the log instead", "mailbox", box, "why", why);
        FrameFinder.Found found = finder.find(box.id, box.indexLsn());
        if (found.damaged()) {
            loaded.incomplete();
        }
        for (long lsn : found.lsns()) {
            applyFrame(box, loaded, lsn);
        }
        return found.through();
    }

    private static void apply(LoadedBox loaded, FrameHeader header, byte[] payload) {
        Box box = loaded.box;
        LogRecord record = RecordCodec.decode(header.type(), header.lsn(), box.id, payload, 0, payload.length);
        synchronized (box) {
            loaded.apply(record);
        }
    }

    private LoadedBox catchUp(Box box, LoadedBox loaded, long from) throws IOException {
        long through = from;
        if (folder != null && box.indexLsn() > 0) {
            loaded.digests(new DigestFile(folder, loaded));
        }
        // What is applied while we read is read in the next round; the last one holds up the committer.
        for (int round = 0; round < 3; round++) {
            through = apply(box, loaded, through);
        }
        synchronized (box) {
            apply(box, loaded, through);
            if (loaded.isIncomplete()) {
                // What could not be read must not be counted either.
                box.recount(loaded);
            }
            box.loaded(loaded);
        }
        return loaded;
    }

    private long apply(Box box, LoadedBox loaded, long after) throws IOException {
        long through = after;
        for (long lsn : box.unindexedNow()) {
            if (lsn > after) {
                applyFrame(box, loaded, lsn);
                through = lsn;
            }
        }
        return through;
    }

    private void applyFrame(Box box, LoadedBox loaded, long lsn) throws IOException {
        Frame frame;
        try {
            frame = journal.read(lsn);
        } catch (SegmentGoneException e) {
            // Compacted meanwhile: the same was written again, and comes later in the list.
            return;
        } catch (DamagedFrameException e) {
            // The messages or changes of this one frame are lost; the rest of the mailbox is not.
            event.error("loft.damage", "part of a mailbox's index can't be read", e, "mailbox", box);
            loaded.incomplete();
            return;
        }
        apply(loaded, frame.header(), frame.payload());
    }
}
