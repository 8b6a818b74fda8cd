package palomar.storage.loft.v1;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.SystemFlags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Kept;
import palomar.storage.Mailbox;
import palomar.storage.MailboxStatus;
import palomar.storage.MailboxView;
import palomar.storage.MessageCursor;
import palomar.storage.NamedValues;
import palomar.storage.Watch;
import palomar.storage.journal.Commit;

/// One caller's handle on a loaded mailbox. Safe for many threads.
///
/// A change takes the mailbox's flag order when it depends on flags, then the shard's sequencer for as long as it
/// takes to draw a mod-sequence and queue the record; nothing else is held while the log writes.
final class LoftMailbox implements Mailbox {
    private final Shard shard;
    private final LoadedBox loaded;
    private final Box box;

    // Guarded by this.
    private long held = Holds.NONE;
    private boolean closed;

    LoftMailbox(Shard shard, LoadedBox loaded) {
        this.shard = shard;
        this.loaded = loaded;
        this.box = loaded.box;
    }

    Shard shard() {
        return shard;
    }

    LoadedBox loadedBox() {
        return loaded;
    }

    @Override
    public MailboxId id() {
        return new MailboxId(box.id);
    }

    @Override
    public long uidValidity() {
        return box.uidValidity;
    }

    @Override
    public boolean deleted() {
        return box.deleted();
    }

    @Override
    public MailboxStatus status() {
        return box.status();
    }

    @Override
    public MailboxView view() {
        return loaded.view();
    }

    @Override
    public synchronized void hold(MailboxView view) {
        if (!closed) {
            loaded.hold(held, view.highestModSeq());
            held = view.highestModSeq();
        }
    }

    @Override
    public MessageCursor cursor() {
        return new RowCursor(loaded, shard.bodies());
    }

    @Override
    public List<String> keywords() {
        return box.keywords();
    }

    @Override
    public Appended append(List<NewMessage> messages) {
        if (messages.isEmpty()) {
            return new Appended(box.uidValidity, UidSet.EMPTY, box.highestModSeq());
        }
        Batch batch = shard.batch();
        CarriedNotes notes = CarriedNotes.of(messages);
        long[] words = new long[messages.size() * Row.WORDS];
        long saved = shard.clock().instant().getEpochSecond();
        int at = 0;
        for (NewMessage message : messages) {
            batch.message(words, at, message.message(), message.head(), message.internalDate(), 1);
            at += Row.WORDS;
        }
        Commit pending;
        long first;
        long modSeq;
        shard.sequencer().lock();
        try {
            box.requireThere();
            shard.requireRoom(box, bytes(words), messages.size());
            Notes.requireRoom(box.annotationSize(), notes.bytes());
            at = 0;
            for (NewMessage message : messages) {
                Row.keywords(words, at, box.keywordBits(message.flags().keywords(), true));
                at += Row.WORDS;
            }
            first = box.giveUids(messages.size());
            modSeq = box.giveModSeq();
            at = 0;
            for (NewMessage message : messages) {
                Row.identity(words, at, first + at / Row.WORDS, saved);
                Row.modSeqAndState(words, at, modSeq, message.flags().system());
                at += Row.WORDS;
            }
            batch.addRows(box, LogRecord.Cause.NEW, modSeq, words);
            notes.addTo(batch, box.id, modSeq, words);
            pending = shard.submit(batch, Shard.Change.MAIL);
        } finally {
            shard.sequencer().unlock();
        }
        pending.await();
        return new Appended(box.uidValidity, UidSet.ofRange(first, first + messages.size() - 1), modSeq);
    }

    static long bytes(long[] words) {
        long bytes = 0;
        for (int at = 0; at < words.length; at += Row.WORDS) {
            bytes += Row.size(words, at);
        }
        return bytes;
    }

    @Override
    public Changed store(UidSet uids, FlagChange change, long unchangedSince) {
        box.requireThere();
        loaded.flagOrder.lock();
        try {
            long toCome = named(change, false);
            Plans.Flagging plan = Plans.flags(loaded, uids, change, toCome, unchangedSince);
            if (plan.changed().isEmpty()) {
                return new Changed(UidSet.EMPTY, plan.refused(), box.highestModSeq());
            }
            // Only now: a keyword that no message gets is none. Its bit may be another by now; no message has
            // had either, so that the plan holds.
            long named = named(change, true);
            Batch batch = shard.batch();
            Commit pending;
            long modSeq;
            shard.sequencer().lock();
            try {
                box.requireThere();
                modSeq = box.giveModSeq();
                batch.add(new LogRecord.FlagsChanged(
                        box.id,
                        modSeq,
                        box.keywordsInLog(),
                        box.keywordsToLog(),
                        plan.changed(),
                        change.kind(),
                        change.flags().system(),
                        named,
                        plan.delta()));
                if ((change.flags().system() & SystemFlags.DELETED) != 0) {
                    batch.group().freesSpace();
                }
                pending = shard.submit(batch, Shard.Change.FLAGS);
            } finally {
                shard.sequencer().unlock();
            }
            pending.await();
            return new Changed(plan.changed(), plan.refused(), modSeq);
        } finally {
            loaded.flagOrder.unlock();
        }
    }

    @Override
    public NamedValues annotations(long uid) {
        return box.annotations(uid);
    }

    @Override
    public UidSet annotated() {
        return box.annotated();
    }

    @Override
    public Changed annotate(UidSet uids, Map<String, Optional<byte[]>> changes, long unchangedSince) {
        box.requireThere();
        TreeMap<String, Optional<byte[]>> copy = new TreeMap<>();
        changes.forEach((name, value) -> copy.put(name, value.map(byte[]::clone)));
        loaded.flagOrder.lock();
        try {
            Plans.Annotating plan = Plans.annotations(loaded, uids, copy, unchangedSince);
            if (plan.changed().isEmpty()) {
                return new Changed(UidSet.EMPTY, plan.refused(), box.highestModSeq());
            }
            Batch batch = shard.batch();
            Commit pending;
            long modSeq;
            shard.sequencer().lock();
            try {
                box.requireThere();
                modSeq = box.giveModSeq();
                batch.add(new LogRecord.Annotated(
                        box.id,
                        false,
                        modSeq,
                        List.of(new LogRecord.Annotated.Part(plan.changed(), new ValueChange(false, copy)))));
                pending = shard.submit(batch, Shard.Change.MAIL);
            } finally {
                shard.sequencer().unlock();
            }
            pending.await();
            return new Changed(plan.changed(), plan.refused(), modSeq);
        } finally {
            loaded.flagOrder.unlock();
        }
    }

    private long named(FlagChange change, boolean create) {
        if (change.flags().keywords().isEmpty()) {
            return 0;
        }
        shard.sequencer().lock();
        try {
            List<String> keywords = change.flags().keywords();
            if (change.kind() == FlagChange.Kind.REMOVE) {
                return box.keywordBits(keywords, false);
            }
            return create ? box.keywordBits(keywords, true) : box.keywordBitsToCome(keywords);
        } finally {
            shard.sequencer().unlock();
        }
    }

    @Override
    public Expunged expunge(UidSet uids) {
        box.requireThere();
        loaded.flagOrder.lock();
        try {
            Plans.Removal plan = Plans.removal(loaded, uids, true);
            if (plan.uids().isEmpty()) {
                return new Expunged(UidSet.EMPTY, box.highestModSeq());
            }
            Batch batch = shard.batch();
            Commit pending;
            long modSeq;
            shard.sequencer().lock();
            try {
                box.requireThere();
                modSeq = box.giveModSeq();
                batch.add(new LogRecord.Expunged(
                        box.id, false, modSeq, plan.uids(), plan.delta(), plan.freed(), shard.seconds()));
                batch.group().freesSpace();
                pending = shard.submit(batch, Shard.Change.FLAGS);
            } finally {
                shard.sequencer().unlock();
            }
            pending.await();
            return new Expunged(plan.uids(), modSeq);
        } finally {
            loaded.flagOrder.unlock();
        }
    }

    @Override
    public Appended replace(long uid, NewMessage message, Mailbox target) {
        return new Replacement(this, uid, message, there(target)).run();
    }

    @Override
    public Copied copy(UidSet uids, Mailbox target, Kept kept) {
        return new Transfer(this, there(target), uids, kept).copy();
    }

    @Override
    public Copied move(UidSet uids, Mailbox target, Kept kept) {
        return new Transfer(this, there(target), uids, kept).move();
    }

    private static LoftMailbox there(Mailbox target) {
        if (target instanceof LoftMailbox mailbox) {
            return mailbox;
        }
        throw new MailException(MailError.CANNOT, "target mailbox is in another store");
    }

    @Override
    public UidSet vanishedSince(long modSeq, UidSet among) {
        UidSet known;
        UidSet candidates;
        synchronized (box) {
            Vanished vanished = loaded.vanished();
            if (vanished.reaches(modSeq) && modSeq >= box.historyFrom()) {
                return vanished.since(modSeq).intersect(among);
            }
            known = loaded.view().uids();
            candidates = box.uidNext() == 1 ? UidSet.EMPTY : UidSet.ofRange(1, box.uidNext() - 1);
        }
        return among.intersect(candidates).minus(known);
    }

    @Override
    public UidSet changedSince(long modSeq) {
        return Plans.changedSince(loaded, modSeq);
    }

    @Override
    public long recentFrom(boolean claim) {
        long from = box.recentFrom(claim);
        if (claim && from < box.uidNext() && !box.deleted()) {
            // Lost by a crash at worst: then the same messages are recent once more.
            Batch batch = shard.batch();
            batch.add(new LogRecord.RecentClaimed(box.id, box.recentMark()));
            try {
                shard.post(batch);
            } catch (MailException readOnly) {
                // Looking at mail must work when nothing can be written.
                return from;
            }
        }
        return from;
    }

    @Override
    public Watch watch(Runnable wake) {
        return loaded.watchers.add(wake);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            loaded.hold(held, Holds.NONE);
        }
        shard.openBoxes().release(loaded);
    }
}
