package palomar.storage.loft.v1;

import java.util.HashSet;
import java.util.List;
import palomar.mail.MailboxName;
import palomar.mail.UidSet;
import palomar.storage.journal.Commit;

/// RENAME of INBOX: a new mailbox gets its messages, INBOX stays and is empty. RFC 9051 6.3.6. One transaction.
final class InboxRename {
    private final LoftUserMail user;
    private final Shard shard;
    private final UserNode node;
    private final MailboxName to;

    InboxRename(LoftUserMail user, Shard shard, UserNode node, MailboxName to) {
        this.user = user;
        this.shard = shard;
        this.node = node;
        this.to = to;
    }

    void run() {
        node.tree().lock();
        try {
            user.requireUser();
            Box inbox = node.box(MailboxName.INBOX);
            if (inbox == null) {
                throw Box.gone();
            }
            if (node.box(to) != null) {
                throw LoftUserMail.exists();
            }
            LoadedBox loaded = shard.openBoxes().acquire(shard, inbox);
            try {
                move(inbox, loaded);
            } finally {
                shard.openBoxes().release(loaded);
            }
        } finally {
            node.tree().unlock();
        }
    }

    private void move(Box inbox, LoadedBox loaded) {
        loaded.flagOrder.lock();
        shard.bodyPlaces().readLock().lock();
        try {
            Plans.Removal plan = Plans.removal(loaded, UidSet.ALL, false);
            long[] words = Plans.rows(loaded, plan.uids());
            CarriedNotes notes = CarriedNotes.of(inbox, words);
            Batch batch = shard.batch();
            Commit pending;
            shard.sequencer().lock();
            try {
                user.createParents(batch, to, new HashSet<>());
                newBox(batch, inbox, words, notes);
                if (!plan.uids().isEmpty()) {
                    batch.add(new LogRecord.Expunged(
                            inbox.id,
                            false,
                            inbox.giveModSeq(),
                            plan.uids(),
                            plan.delta(),
                            plan.freed(),
                            shard.seconds()));
                }
                pending = shard.submit(batch, Shard.Change.MAIL);
            } finally {
                shard.sequencer().unlock();
            }
            pending.await();
        } finally {
            shard.bodyPlaces().readLock().unlock();
            loaded.flagOrder.unlock();
        }
    }

    /// Not in the catalog before the record is applied, so it is told at once which UIDs are taken.
    private void newBox(Batch batch, Box inbox, long[] words, CarriedNotes notes) {
        LogRecord.BoxState empty = shard.newBox(node.name, to, java.util.Set.of());
        int rows = words.length / Row.WORDS;
        long modSeq = empty.highestModSeq() + 1;
        long saved = shard.clock().instant().getEpochSecond();
        List<String> keywords = inbox.keywords();
        batch.add(new LogRecord.BoxState(
                empty.box(),
                empty.user(),
                to,
                empty.uses(),
                empty.uidValidity(),
                rows + 1L,
                modSeq,
                empty.recent(),
                empty.historyFrom(),
                keywords));
        for (int at = 0; at < words.length; at += Row.WORDS) {
            Row.identity(words, at, 1 + at / Row.WORDS, saved);
            Row.modSeqAndState(words, at, modSeq, Row.system(words, at));
        }
        batch.addRows(empty.box(), LogRecord.Cause.NEW, modSeq, keywords.size(), List.of(), words);
        // Whoever may read the messages still may, and nobody else.
        LoftUserMail.inherit(batch, empty.box(), inbox.values());
        notes.addTo(batch, empty.box(), modSeq, words);
    }
}
