package palomar.imap;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import palomar.acl.Right;
import palomar.imap.proto.AnnotateCommand;
import palomar.imap.proto.AnnotationKey;
import palomar.imap.proto.NumberSet;
import palomar.imap.proto.SeqSet;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.UidSet;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;

/// STORE and UID STORE of annotations. RFC 5257 4.5, UNCHANGEDSINCE: RFC 7162 3.1.3
record AnnotateHandler(Dialogue dialogue, SelectedMailbox box) {

    Reply run(AnnotateCommand command) throws IOException {
        return switch (command) {
            case AnnotateCommand.TooLong _ -> {
                box.refuseChange();
                yield NoteRules.tooBig();
            }
            case AnnotateCommand.Store store -> store(store);
        };
    }

    private Reply store(AnnotateCommand.Store store) throws IOException {
        box.refuseChange();
        Map<AnnotationKey, Optional<byte[]>> values = store.values();
        for (AnnotationKey key : values.keySet()) {
            // RFC 5257 3.4
            box.require(key.shared() ? Right.ANNOTATE : Right.READ);
        }
        NoteRules rules = new NoteRules(dialogue.settings().account());
        Optional<Reply> refusal = rules.refusal(values);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (store.unchangedSince().isPresent()) {
            dialogue.enableCondstore(box);
        }
        Portion portion = new Portion(box, dialogue.settings().messages().any());
        SeqSet targets = portion.of(box.resolve(store.targets()));
        UidSet uids = box.uids(targets);
        requireParts(box, uids, NoteRules.entries(values));
        Mailbox mailbox = box.mailbox();
        for (var each = uids.iterator(); each.hasNext(); ) {
            if (rules.tooMany(mailbox.annotations(each.nextLong()), values)) {
                return NoteRules.tooMany();
            }
        }
        long before = mailbox.view().highestModSeq();
        UidSet changedByOthers = box.changesNotTold().intersect(uids);
        Map<String, Optional<byte[]>> changes = NoteRules.changes(values);
        Mailbox.Changed done;
        try {
            done = new Progress(dialogue, store.tag())
                    .during(() -> mailbox.annotate(
                            uids, changes, store.unchangedSince().orElse(-1)));
        } catch (MailException e) {
            if (e.kind() == MailError.LIMIT) {
                return NoteRules.tooMany();
            }
            throw e;
        }
        box.ownAnnotations(done.changed(), changes);
        // A change of someone else that ours has overtaken must show all the same, as with flags.
        boolean alone = done.modSeq() <= before + 1;
        UidSet ours = alone ? done.changed().minus(changedByOthers) : UidSet.EMPTY;
        StoreHandler stores = new StoreHandler(dialogue, box);
        stores.tellModSeqs(ours);
        boolean byUid = store.targets() instanceof NumberSet.Uids;
        return portion.tell(dialogue.out(), stores.reply(done.refused(), uids, byUid))
                .with(new Quiet(ours, done.modSeq()));
    }

    /// @throws BadArgument when an entry is about a part that one of the messages does not have
    static void requireParts(SelectedMailbox box, UidSet uids, Collection<String> entries) {
        if (!NoteRules.nameParts(entries)) {
            return;
        }
        try (MessageCursor row = box.mailbox().cursor()) {
            for (var each = uids.iterator(); each.hasNext(); ) {
                if (row.seek(each.nextLong()) && !row.expunged()) {
                    NoteRules.requireParts(row.digest(), entries);
                }
            }
        }
    }
}
