package palomar.storage.loft.v1;

import java.util.ArrayList;
import java.util.List;
import palomar.mail.UidSet;
import palomar.storage.Kept;
import palomar.storage.Mailbox;
import palomar.storage.journal.Commit;

/// COPY and MOVE: new rows on the same bodies. One use, one thread.
///
/// Between two shards bodies have to be written again; a move is then two transactions, the copies first, so that
/// a crash between them leaves a message twice rather than not at all.
final class Transfer {
    private final LoftMailbox source;
    private final LoftMailbox target;
    private final UidSet uids;
    private final Kept kept;
    private final Box from;
    private final Box to;
    private final Shard shard;
    private CarriedNotes notes = CarriedNotes.NONE;

    /// @param kept what the copies have when the originals have it
    Transfer(LoftMailbox source, LoftMailbox target, UidSet uids, Kept kept) {
        this.source = source;
        this.target = target;
        this.uids = uids;
        this.kept = kept;
        this.from = source.loadedBox().box;
        this.to = target.loadedBox().box;
        this.shard = target.shard();
    }

    Mailbox.Copied copy() {
        from.requireThere();
        to.requireThere();
        // Compaction waits for copies under way before it lets go of a body's old place.
        source.shard().bodyPlaces().readLock().lock();
        try {
            long[] words = rows(uids);
            UidSet copied = uidsOf(words);
            if (copied.isEmpty()) {
                return nothing();
            }
            Batch batch = shard.batch();
            prepare(batch, words);
            Commit pending;
            long modSeq;
            shard.sequencer().lock();
            try {
                requireRoom(words);
                modSeq = give(batch, words);
                pending = shard.submit(batch, Shard.Change.MAIL);
            } finally {
                shard.sequencer().unlock();
            }
            pending.await();
            return new Mailbox.Copied(to.uidValidity, copied, uidsOf(words), modSeq);
        } finally {
            source.shard().bodyPlaces().readLock().unlock();
        }
    }

    Mailbox.Copied move() {
        from.requireThere();
        to.requireThere();
        source.loadedBox().flagOrder.lock();
        source.shard().bodyPlaces().readLock().lock();
        try {
            Plans.Removal plan = Plans.removal(source.loadedBox(), uids, false);
            if (plan.uids().isEmpty()) {
                return nothing();
            }
            long[] words = rows(plan.uids());
            Batch batch = shard.batch();
            prepare(batch, words);
            return source.shard() == shard ? moveWithin(batch, words, plan) : moveAcross(batch, words, plan);
        } finally {
            source.shard().bodyPlaces().readLock().unlock();
            source.loadedBox().flagOrder.unlock();
        }
    }

    private Mailbox.Copied moveWithin(Batch batch, long[] words, Plans.Removal plan) {
        Commit pending;
        long modSeq;
        shard.sequencer().lock();
        try {
            from.requireThere();
            if (!from.user.equals(to.user)) {
                requireRoom(words);
            }
            modSeq = give(batch, words);
            remove(batch, plan);
            pending = shard.submit(batch, Shard.Change.MAIL);
        } finally {
            shard.sequencer().unlock();
        }
        pending.await();
        return new Mailbox.Copied(to.uidValidity, plan.uids(), uidsOf(words), modSeq);
    }

    private Mailbox.Copied moveAcross(Batch batch, long[] words, Plans.Removal plan) {
        Commit pending;
        long modSeq;
        shard.sequencer().lock();
        try {
            requireRoom(words);
            modSeq = give(batch, words);
            pending = shard.submit(batch, Shard.Change.MAIL);
        } finally {
            shard.sequencer().unlock();
        }
        pending.await();
        Shard old = source.shard();
        Batch removal = old.batch();
        Commit removed;
        old.sequencer().lock();
        try {
            from.requireThere();
            remove(removal, plan);
            removed = old.submit(removal, Shard.Change.MAIL);
        } finally {
            old.sequencer().unlock();
        }
        removed.await();
        return new Mailbox.Copied(to.uidValidity, plan.uids(), uidsOf(words), modSeq);
    }

    private void remove(Batch batch, Plans.Removal plan) {
        batch.add(new LogRecord.Expunged(
                from.id, false, from.giveModSeq(), plan.uids(), plan.delta(), plan.freed(), shard.seconds()));
    }

    private Mailbox.Copied nothing() {
        return new Mailbox.Copied(to.uidValidity, UidSet.EMPTY, UidSet.EMPTY, to.highestModSeq());
    }

    /// Rows and their annotations, as of one moment.
    private long[] rows(UidSet wanted) {
        synchronized (from) {
            long[] words = Plans.rows(source.loadedBox(), wanted);
            CarriedNotes all = CarriedNotes.of(from, words);
            notes = all.kept(from.user.equals(to.user) ? kept : kept.forAnother());
            return words;
        }
    }

    /// What needs no lock: bodies and heads of another shard are read and packed.
    private void prepare(Batch batch, long[] words) {
        if (source.shard() == shard) {
            return;
        }
        for (int at = 0; at < words.length; at += Row.WORDS) {
            batch.carry(source.shard().bodies(), words, at);
        }
    }

    /// Under the sequencer.
    private void requireRoom(long[] words) {
        to.requireThere();
        shard.requireRoom(to, LoftMailbox.bytes(words), words.length / Row.WORDS);
    }

    /// Under the sequencer: UIDs, mod-sequence and keyword places of the target.
    private long give(Batch batch, long[] words) {
        to.requireThere();
        if (!kept.flags().keywords()) {
            for (int at = 0; at < words.length; at += Row.WORDS) {
                Row.keywords(words, at, 0);
            }
        }
        Notes.requireRoom(to.annotationSize(), notes.bytes());
        long[] places = keywordPlaces(words);
        int rows = words.length / Row.WORDS;
        long uid = to.giveUids(rows);
        long modSeq = to.giveModSeq();
        long saved = shard.clock().instant().getEpochSecond();
        for (int at = 0; at < words.length; at += Row.WORDS) {
            Row.identity(words, at, uid++, saved);
            Row.modSeqAndState(
                    words, at, modSeq, Row.system(words, at) & kept.flags().system());
            Row.keywords(words, at, translate(Row.keywords(words, at), places));
        }
        batch.addRows(to, LogRecord.Cause.NEW, modSeq, words);
        notes.addTo(batch, to.id, modSeq, words);
        return modSeq;
    }

    /// For each keyword that the rows use, by its place in the source: its bit in the target.
    private long[] keywordPlaces(long[] words) {
        long used = 0;
        for (int at = 0; at < words.length; at += Row.WORDS) {
            used |= Row.keywords(words, at);
        }
        long[] places = new long[Mailbox.MAX_KEYWORDS];
        List<String> names = from.keywords();
        List<String> wanted = new ArrayList<>(1);
        for (long rest = used; rest != 0; rest &= rest - 1) {
            int place = Long.numberOfTrailingZeros(rest);
            wanted.clear();
            wanted.add(names.get(place));
            places[place] = to.keywordBits(wanted, true);
        }
        return places;
    }

    private static long translate(long bits, long[] places) {
        long translated = 0;
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            translated |= places[Long.numberOfTrailingZeros(rest)];
        }
        return translated;
    }

    private static UidSet uidsOf(long[] words) {
        UidSet.Builder builder = new UidSet.Builder();
        for (int at = 0; at < words.length; at += Row.WORDS) {
            builder.add(Row.uid(words, at));
        }
        return builder.build();
    }
}
