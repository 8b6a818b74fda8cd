package palomar.storage.loft.v1;

import java.util.List;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.UidSet;
import palomar.storage.Mailbox;
import palomar.storage.journal.Commit;

/// REPLACE: a new message in one mailbox and the end of an old one in another or the same. RFC 8508. One use, one
/// thread.
///
/// Between two shards it is two transactions, the new message first, so that a crash between them leaves both
/// rather than none.
final class Replacement {
    private final LoftMailbox source;
    private final UidSet old;
    private final Mailbox.NewMessage message;
    private final Box from;
    private final Box to;
    private final Shard shard;
    private final long[] words = new long[Row.WORDS];
    private final CarriedNotes notes;

    Replacement(LoftMailbox source, long uid, Mailbox.NewMessage message, LoftMailbox target) {
        this.source = source;
        this.old = UidSet.of(uid);
        this.message = message;
        this.notes = CarriedNotes.of(List.of(message));
        this.from = source.loadedBox().box;
        this.to = target.loadedBox().box;
        this.shard = target.shard();
    }

    Mailbox.Appended run() {
        from.requireThere();
        to.requireThere();
        Batch batch = shard.batch();
        batch.message(words, 0, message.message(), message.head(), message.internalDate(), 1);
        source.loadedBox().flagOrder.lock();
        try {
            Plans.Removal plan = Plans.removal(source.loadedBox(), old, false);
            if (plan.uids().isEmpty()) {
                throw new MailException(MailError.EXPUNGED, "the message to be replaced is gone");
            }
            return source.shard() == shard ? within(batch, plan) : across(batch, plan);
        } finally {
            source.loadedBox().flagOrder.unlock();
        }
    }

    private Mailbox.Appended within(Batch batch, Plans.Removal plan) {
        Commit pending;
        long modSeq;
        shard.sequencer().lock();
        try {
            from.requireThere();
            Counters makesRoom = from.user.equals(to.user) ? plan.delta() : Counters.ZERO;
            modSeq = give(batch, makesRoom);
            remove(batch, plan);
            pending = shard.submit(batch, Shard.Change.MAIL);
        } finally {
            shard.sequencer().unlock();
        }
        pending.await();
        return appended(modSeq);
    }

    private Mailbox.Appended across(Batch batch, Plans.Removal plan) {
        Commit pending;
        long modSeq;
        shard.sequencer().lock();
        try {
            modSeq = give(batch, Counters.ZERO);
            pending = shard.submit(batch, Shard.Change.MAIL);
        } finally {
            shard.sequencer().unlock();
        }
        pending.await();
        Shard other = source.shard();
        Batch removal = other.batch();
        Commit removed;
        other.sequencer().lock();
        try {
            from.requireThere();
            remove(removal, plan);
            removed = other.submit(removal, Shard.Change.MAIL);
        } finally {
            other.sequencer().unlock();
        }
        removed.await();
        return appended(modSeq);
    }

    /// Under the sequencer: UID, mod-sequence and keyword places of the target.
    private long give(Batch batch, Counters makesRoom) {
        to.requireThere();
        shard.requireRoom(to, Row.size(words, 0) + makesRoom.bytes(), 1 + makesRoom.messages());
        Row.keywords(words, 0, to.keywordBits(message.flags().keywords(), true));
        long uid = to.giveUids(1);
        long modSeq = to.giveModSeq();
        Row.identity(words, 0, uid, shard.seconds());
        Row.modSeqAndState(words, 0, modSeq, message.flags().system());
        Notes.requireRoom(to.annotationSize(), notes.bytes());
        batch.addRows(to, LogRecord.Cause.NEW, modSeq, words);
        notes.addTo(batch, to.id, modSeq, words);
        return modSeq;
    }

    private void remove(Batch batch, Plans.Removal plan) {
        batch.add(new LogRecord.Expunged(
                from.id, false, from.giveModSeq(), plan.uids(), plan.delta(), plan.freed(), shard.seconds()));
    }

    private Mailbox.Appended appended(long modSeq) {
        return new Mailbox.Appended(to.uidValidity, UidSet.of(Row.uid(words, 0)), modSeq);
    }
}
