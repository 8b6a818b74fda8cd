package palomar.storage.loft.v1;

import java.util.List;
import palomar.mail.MailException;
import palomar.mail.UidSet;
import palomar.storage.journal.Commit;

/// Ends a user and all his mailboxes in one transaction. The caller holds the user's tree.
final class UserRemoval {
    private final Shard shard;
    private final UserNode node;

    UserRemoval(Shard shard, UserNode node) {
        this.shard = shard;
        this.node = node;
    }

    void run() {
        List<Box> boxes = node.boxes();
        Batch batch = shard.batch();
        for (Box box : boxes) {
            batch.add(new LogRecord.Deleted(box.id, freed(box)));
        }
        batch.add(new LogRecord.UserDeleted(node.name));
        batch.group().freesSpace();
        Commit commit;
        shard.sequencer().lock();
        try {
            boxes.forEach(box -> box.ending(true));
            commit = shard.submit(batch, Shard.Change.MAIL);
        } finally {
            shard.sequencer().unlock();
        }
        try {
            commit.await();
        } catch (MailException e) {
            boxes.forEach(box -> box.ending(false));
            throw e;
        }
    }

    /// What changes between this look and the end is weight that compaction finds by itself.
    private long[] freed(Box box) {
        LoadedBox loaded = shard.openBoxes().acquire(shard, box);
        try {
            return Plans.removal(loaded, UidSet.ALL, false).freed();
        } finally {
            shard.openBoxes().release(loaded);
        }
    }
}
