package palomar.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import palomar.acl.Right;
import palomar.acl.Rights;
import palomar.imap.proto.Command;
import palomar.imap.proto.NumberSet;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.SeqSet;
import palomar.imap.proto.StoreAction;
import palomar.mail.FlagMask;
import palomar.mail.Flags;
import palomar.mail.UidSet;
import palomar.storage.FlagChange;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;

/// STORE and UID STORE. RFC 9051 6.4.6, UNCHANGEDSINCE: RFC 7162 3.1.3
record StoreHandler(Dialogue dialogue, SelectedMailbox box) {

    Reply run(Command.Store store) throws IOException {
        box.refuseChange();
        FlagMask changeable = box.changeable();
        refuse(store.action(), changeable);
        if (store.unchangedSince().isPresent()) {
            dialogue.enableCondstore(box);
        }
        Portion portion = new Portion(box, dialogue.settings().messages().any());
        SeqSet targets = portion.of(box.resolve(store.targets()));
        UidSet uids = box.uids(targets);
        Mailbox mailbox = box.mailbox();
        // In this order: a change that comes after `before` is noticed by the gap it leaves in the mod-sequences.
        long before = mailbox.view().highestModSeq();
        UidSet changedByOthers = box.changesNotTold().intersect(uids);
        Progress progress = new Progress(dialogue, store.tag());
        Happenings.FlagsBefore flagsBefore = dialogue.happenings().before(mailbox, uids);
        long unchangedSince = store.unchangedSince().orElse(-1);
        Mailbox.Changed done = progress.during(() -> change(uids, store.action(), changeable, unchangedSince));
        flagsBefore.changed(mailbox, done.changed());
        boolean alone = done.modSeq() <= before + 1;
        boolean byUid = store.targets() instanceof NumberSet.Uids;
        box.tellKeywords(dialogue.out());
        Quiet quiet;
        if (store.action().silent()) {
            // A change of someone else that ours has overtaken must show all the same: RFC 9051 6.4.6.
            UidSet ours = alone ? done.changed().minus(changedByOthers) : UidSet.EMPTY;
            // A conditional one answers for each message that passed, changed or not: RFC 7162 3.1.3.
            UidSet passed = store.unchangedSince().isPresent()
                    ? uids.minus(done.refused()).minus(alone ? changedByOthers : done.changed())
                    : ours;
            tellModSeqs(passed);
            quiet = new Quiet(ours, done.modSeq());
        } else {
            progress.more(targets.size(), 1);
            tellFlags(targets, done.refused(), byUid, progress);
            quiet = new Quiet(done.changed(), done.modSeq());
        }
        return portion.tell(dialogue.out(), reply(done.refused(), uids, byUid)).with(quiet);
    }

    /// Refused only when nothing of it may be done. RFC 4314 4: STORE
    private void refuse(StoreAction action, FlagMask changeable) {
        boolean nothing = action.kind() == StoreAction.Kind.REPLACE
                ? changeable.isEmpty()
                : !action.flags().isEmpty() && changeable.of(action.flags()).isEmpty();
        if (nothing) {
            throw MailboxRights.lacking(
                    Rights.of(Right.SEEN, Right.WRITE, Right.DELETED).minus(box.rights()));
        }
    }

    /// What of a change may not be done is left out. To replace some of all flags takes two changes.
    private Mailbox.Changed change(UidSet uids, StoreAction action, FlagMask changeable, long unchangedSince) {
        Mailbox mailbox = box.mailbox();
        Flags wanted = changeable.of(action.flags());
        if (action.kind() != StoreAction.Kind.REPLACE || changeable.isAll()) {
            return mailbox.store(uids, change(action.kind(), wanted), unchangedSince);
        }
        Mailbox.Changed less = mailbox.store(uids, FlagChange.remove(others(wanted, changeable)), unchangedSince);
        Mailbox.Changed more = mailbox.store(uids.minus(less.refused()), FlagChange.add(wanted), -1);
        return new Mailbox.Changed(less.changed().union(more.changed()), less.refused(), more.modSeq());
    }

    private static FlagChange change(StoreAction.Kind kind, Flags flags) {
        return switch (kind) {
            case ADD -> FlagChange.add(flags);
            case REMOVE -> FlagChange.remove(flags);
            case REPLACE -> FlagChange.replace(flags);
        };
    }

    /// All flags that may be changed but those that are to be there.
    private Flags others(Flags wanted, FlagMask changeable) {
        List<String> keywords = new ArrayList<>();
        for (String keyword : box.mailbox().keywords()) {
            if (changeable.keywords() && wanted.keywords().stream().noneMatch(keyword::equalsIgnoreCase)) {
                keywords.add(keyword);
            }
        }
        return new Flags(changeable.system() & ~wanted.system(), keywords);
    }

    private void tellFlags(SeqSet targets, UidSet refused, boolean byUid, Progress progress) throws IOException {
        ResponseWriter out = dialogue.out();
        FlagsText flags = new FlagsText(box, dialogue.enabled());
        // RFC 7162 3.2.4
        boolean withUid = byUid || dialogue.enabled().condstore();
        try (MessageCursor row = box.mailbox().cursor()) {
            for (int run = 0; run < targets.runs(); run++) {
                for (long seq = targets.first(run); seq <= targets.last(run); seq++) {
                    long uid = box.view().uid((int) seq);
                    if (!refused.contains(uid) && row.seek(uid) && !row.expunged()) {
                        flags.tell(out, seq, row, withUid);
                    }
                    progress.step();
                }
            }
        }
    }

    /// Even a silent STORE tells the new mod-sequences to clients that keep them. RFC 7162 3.1.3
    void tellModSeqs(UidSet changed) throws IOException {
        if (!dialogue.enabled().condstore() || changed.isEmpty()) {
            return;
        }
        FlagsText flags = new FlagsText(box, dialogue.enabled());
        try (MessageCursor row = box.mailbox().cursor()) {
            for (var uids = changed.iterator(); uids.hasNext(); ) {
                long uid = uids.nextLong();
                if (row.seek(uid) && !row.expunged()) {
                    flags.tellModSeq(dialogue.out(), box.view().seq(uid), row);
                }
            }
        }
    }

    Reply reply(UidSet refused, UidSet asked, boolean byUid) {
        if (!refused.isEmpty()) {
            ResponseCode modified =
                    byUid ? new ResponseCode.ModifiedUids(refused) : new ResponseCode.ModifiedSeqs(box.seqs(refused));
            return Reply.ok(modified, "conditional STORE failed for some");
        }
        if (!asked.minus(box.mailbox().view().uids()).isEmpty()) {
            return Reply.ok(ResponseCode.Plain.EXPUNGEISSUED, "some messages are gone");
        }
        return Reply.ok("STORE done");
    }
}
