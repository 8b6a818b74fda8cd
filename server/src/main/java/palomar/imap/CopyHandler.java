package palomar.imap;

import java.io.IOException;
import palomar.acl.Right;
import palomar.imap.proto.Command;
import palomar.imap.proto.NumberSet;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.Tag;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.UidSet;
import palomar.storage.Mailbox;
import palomar.storage.UserMail;

/// COPY, MOVE and their UID forms. RFC 9051 6.4.7, 6.4.8, 6.4.9; RFC 6851
record CopyHandler(Dialogue dialogue, UserMail mail, SelectedMailbox box) {

    Reply copy(Command.Copy command) throws IOException {
        UidSet uids = wanted(command.targets());
        Portion.refuse(uids.size(), dialogue.settings().messages().saving());
        try (TargetMailbox target = TargetMailbox.open(mail, command.mailbox())) {
            if (uids.isEmpty()) {
                return Reply.ok("nothing to copy");
            }
            Mailbox.Copied copied = new Progress(dialogue, command.tag())
                    .during(() -> box.mailbox().copy(uids, target.mailbox(), target.kept()));
            if (copied.source().isEmpty()) {
                return Reply.ok("nothing to copy");
            }
            dialogue.happenings().copied(box.mailbox(), target.mailbox(), copied.target());
            QuotaHandler.warn(mail, dialogue);
            return Reply.ok(
                    new ResponseCode.CopyUid(copied.uidValidity(), copied.source(), copied.target()), "COPY done");
        }
    }

    /// COPYUID goes out before the first EXPUNGE, so that no client forgets a message whose new place it does not
    /// know yet. RFC 9051 6.4.8
    Reply move(Command.Move command) throws IOException {
        box.refuseChange();
        box.require(Right.DELETED, Right.EXPUNGE);
        Portion portion = new Portion(box, dialogue.settings().messages().any());
        UidSet uids = portion.of(wanted(command.targets()));
        try (TargetMailbox target = TargetMailbox.open(mail, command.mailbox())) {
            if (uids.isEmpty()) {
                return Reply.ok("nothing to move");
            }
            Mailbox.Copied moved = new Progress(dialogue, command.tag())
                    .during(() -> box.mailbox().move(uids, target.mailbox(), target.kept()));
            if (moved.source().isEmpty()) {
                return Reply.ok("nothing to move");
            }
            dialogue.out()
                    .ok(
                            Tag.NONE,
                            new ResponseCode.CopyUid(moved.uidValidity(), moved.source(), moved.target()),
                            "moved");
            dialogue.happenings().copied(box.mailbox(), target.mailbox(), moved.target());
        }
        boolean byUid = command.targets() instanceof NumberSet.Uids;
        box.syncOwn(dialogue.out(), new Telling(true, true, byUid), Quiet.NONE);
        Reply reply = dialogue.enabled().condstore()
                ? Reply.ok(new ResponseCode.HighestModSeq(box.coveredModSeq()), "MOVE done")
                : Reply.ok("MOVE done");
        return portion.tell(dialogue.out(), reply);
    }

    /// All or none: a sequence number whose message is gone refuses the whole command (RFC 2180 4.4); a UID that
    /// is gone is passed over (RFC 9051 6.4.9).
    private UidSet wanted(NumberSet targets) {
        UidSet uids = box.uids(box.resolve(targets));
        UidSet there = uids.intersect(box.mailbox().view().uids());
        boolean bySeq = targets instanceof NumberSet.Seqs;
        if (bySeq && !there.equals(uids)) {
            throw new MailException(MailError.EXPUNGED, "some of the messages are gone");
        }
        return there;
    }
}
