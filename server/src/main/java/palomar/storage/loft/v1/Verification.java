package palomar.storage.loft.v1;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import palomar.mail.MailException;
import palomar.mail.UidSet;
import palomar.message.StoredDigest;
import palomar.storage.MessageCursor;
import palomar.storage.journal.Damage;
import palomar.storage.journal.LogReport;
import palomar.storage.journal.ScanDepth;

/// Looks through one shard while it serves. One use, one thread.
final class Verification {
    private final Shard shard;
    private final Consumer<LoftProblem> found;
    private long problems;

    Verification(Shard shard, Consumer<LoftProblem> found) {
        this.shard = shard;
        this.found = found;
    }

    long run() throws IOException {
        for (String problem : shard.openingProblems()) {
            problem("shard " + shard.number(), problem);
        }
        LogReport report = shard.journal().report(ScanDepth.EVERYTHING);
        for (Damage damage : report.damages()) {
            problem("shard " + shard.number(), damage.toString());
        }
        for (Box box : shard.catalog().boxes()) {
            if (!box.deleted()) {
                mailbox(box);
            }
        }
        return problems;
    }

    private void problem(String place, String what) {
        problems++;
        found.accept(new LoftProblem(place, what));
    }

    private void mailbox(Box box) {
        String place = "shard " + shard.number() + ", " + box;
        index(box, place);
        LoadedBox loaded;
        try {
            loaded = shard.openBoxes().acquire(shard, box);
        } catch (MailException e) {
            if (!box.deleted()) {
                problem(place, "can't be opened: " + e.getMessage());
            }
            return;
        }
        try {
            counters(box, loaded, place);
            annotations(box, loaded, place);
            messages(loaded, place);
        } finally {
            shard.openBoxes().release(loaded);
        }
    }

    /// Only while nobody writes: a file that is being written is never whole.
    private void index(Box box, String place) {
        IndexFolder folder = shard.folder();
        long through = box.indexLsn();
        if (!shard.inspected() || folder == null || through == 0) {
            return;
        }
        try {
            IndexReader.Found found = new IndexReader(folder, box, Retention.USUAL).read();
            if (found.lsn() < through) {
                problem(place, "its index file is not usable, so the log is read: " + found.why());
            }
        } catch (IOException e) {
            problem(place, "its index file can't be read: " + e.getMessage());
        }
    }

    private void counters(Box box, LoadedBox loaded, String place) {
        synchronized (box) {
            Counters rows = loaded.recount();
            if (!rows.equals(box.counters())) {
                problem(place, "the catalog counts " + box.counters() + ", the rows are " + rows);
            }
        }
    }

    private void annotations(Box box, LoadedBox loaded, String place) {
        UidSet lost;
        synchronized (box) {
            lost = box.annotated().minus(loaded.view().uids());
        }
        if (!lost.isEmpty()) {
            problem(place, "has annotations of messages that are not there: UIDs " + lost);
        }
    }

    private void messages(LoadedBox loaded, String place) {
        byte[] buffer = new byte[64 << 10];
        try (RowCursor cursor = new RowCursor(loaded, shard.bodies())) {
            long uid = 0;
            while (cursor.seekAfter(uid)) {
                uid = cursor.uid();
                if (!cursor.expunged()) {
                    message(cursor, place + ", UID " + uid, buffer);
                }
            }
        }
    }

    private void message(RowCursor cursor, String place, byte[] buffer) {
        long size = 0;
        try (InputStream in = cursor.content().open()) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                size += got;
            }
            if (size != cursor.size()) {
                problem(place, "has " + size + " bytes where the index says " + cursor.size());
            }
            digest(cursor, place);
        } catch (IOException e) {
            problem(place, String.valueOf(e.getMessage()));
        }
    }

    private void digest(RowCursor cursor, String place) {
        byte[] stored = cursor.storedDigest();
        if (stored == null) {
            problem(place, "its digest can't be read");
            return;
        }
        long described = StoredDigest.of(stored).messageSize() + cursor.headLength();
        if (described != cursor.size()) {
            problem(place, "its digest describes " + described + " bytes, not " + cursor.size());
        }
        same(cursor, stored, place);
    }

    /// The digest file must say what the log says.
    private void same(MessageCursor cursor, byte[] stored, String place) {
        try {
            if (cursor.digest().headerSize() < StoredDigest.of(stored).headerSize()) {
                problem(place, "the digest file differs from the log");
            }
        } catch (MailException e) {
            problem(place, String.valueOf(e.getMessage()));
        }
    }
}
