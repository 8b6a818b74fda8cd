package palomar.storage.loft.v1;

import java.util.Arrays;
import palomar.mail.UidSet;
import palomar.storage.journal.Commit;

/// After an older copy of the store was put back: UIDs, mod-sequences and mailbox ids that were given since the
/// copy was made must not be given again, because clients may remember what they named then. So every mailbox
/// leaps over them; UIDVALIDITY stays, and no client has to fetch again what it has. What it remembers beyond the
/// copy it is told to be gone, and all flags are told it again (RFC 7162 3.2.5). One shard, nothing else is going
/// on.
final class AfterRestore {
    /// More than a mailbox, or a shard, can have got since the copy.
    private static final long LEAP = 1L << 20;

    private static final int ROWS = 4096;

    private final Shard shard;

    AfterRestore(Shard shard) {
        this.shard = shard;
    }

    /// @return how many mailboxes were changed
    int run() {
        int done = 0;
        for (Box box : shard.catalog().boxes()) {
            if (done == 0) {
                leapIds(box.user);
            }
            leap(box);
            done++;
        }
        return done;
    }

    /// A mailbox far ahead comes and goes in one transaction, unseen.
    private void leapIds(String user) {
        Batch batch = shard.batch();
        shard.sequencer().lock();
        Commit commit;
        try {
            LogRecord.BoxState far = shard.newBoxFarAhead(user, LEAP);
            batch.add(far);
            batch.add(new LogRecord.Deleted(far.box(), new long[0]));
            commit = shard.submit(batch, Shard.Change.MAIL);
        } finally {
            shard.sequencer().unlock();
        }
        commit.await();
    }

    private void leap(Box box) {
        LoadedBox loaded = shard.openBoxes().acquire(shard, box);
        loaded.flagOrder.lock();
        try {
            LogRecord.BoxState now = box.state(0);
            long modSeq = Math.min(Row.MAX_MOD_SEQ, now.highestModSeq() + LEAP);
            Batch state = shard.batch();
            state.add(new LogRecord.BoxState(
                    now.box(),
                    now.user(),
                    now.name(),
                    now.uses(),
                    now.uidValidity(),
                    Math.min(UidSet.MAX_UID, now.uidNext() + LEAP),
                    modSeq,
                    now.recent(),
                    modSeq,
                    now.keywords()));
            commit(state);
            rows(box, loaded, modSeq);
        } finally {
            loaded.flagOrder.unlock();
            shard.openBoxes().release(loaded);
        }
    }

    /// Gives all rows the new mod-sequence, so that clients compare their flags.
    private void rows(Box box, LoadedBox loaded, long modSeq) {
        long[] all = Plans.rows(loaded, UidSet.ALL);
        for (int from = 0; from < all.length; from += ROWS * Row.WORDS) {
            long[] words = Arrays.copyOfRange(all, from, Math.min(all.length, from + ROWS * Row.WORDS));
            for (int at = 0; at < words.length; at += Row.WORDS) {
                Row.modSeqAndState(words, at, modSeq, Row.system(words, at));
            }
            Batch batch = shard.batch();
            batch.addRows(box, LogRecord.Cause.AGAIN, modSeq, words);
            commit(batch);
        }
    }

    private void commit(Batch batch) {
        Commit commit;
        shard.sequencer().lock();
        try {
            commit = shard.submit(batch, Shard.Change.MAIL);
        } finally {
            shard.sequencer().unlock();
        }
        commit.await();
    }
}
