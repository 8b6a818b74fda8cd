package palomar.storage.loft.v1;

import java.io.IOException;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.storage.journal.DamagedFrameException;
import palomar.storage.journal.Frame;
import palomar.storage.journal.Journal;

/// Brings a mailbox's rows into memory: the index file, then the frames that it does not contain yet. Safe for many
/// threads, one mailbox at a time ([OpenBoxes] sees to that).
final class Loader {
    private final Journal journal;
    private final Event event;

    Loader(Journal journal, Event event) {
        this.journal = journal;
        this.event = event;
    }

    /// The rows, in force: from now on records are applied to them too.
    ///
    /// @throws MailException UNAVAILABLE when the log can't be read
    LoadedBox load(Box box) {
        try {
            Vanished vanished = new Vanished();
            vanished.reset(box.historyFrom());
            LoadedBox loaded = new LoadedBox(box, new Rows(), vanished);
            long through = 0;
            // What is applied while we read is read in the next round; the last one holds up the committer.
            for (int round = 0; round < 3; round++) {
                through = apply(box, loaded, through);
            }
            synchronized (box) {
                apply(box, loaded, through);
                box.loaded(loaded);
            }
            return loaded;
        } catch (IOException e) {
            throw Failures.refusal(e);
        }
    }

    private long apply(Box box, LoadedBox loaded, long after) throws IOException {
        long through = after;
        for (long lsn : box.unindexedNow()) {
            if (lsn > after) {
                apply(box, loaded, lsn, read(box, lsn));
                through = lsn;
            }
        }
        return through;
    }

    private Frame read(Box box, long lsn) throws IOException {
        try {
            return journal.read(lsn);
        } catch (DamagedFrameException e) {
            event.error("loft.damage", "part of a mailbox's index can't be read", e, "mailbox", box);
            throw e;
        }
    }

    private static void apply(Box box, LoadedBox loaded, long lsn, Frame frame) {
        LogRecord record = RecordCodec.decode(
                frame.header().type(), lsn, box.id, frame.payload(), 0, frame.payload().length);
        synchronized (box) {
            loaded.apply(record);
        }
    }
}
