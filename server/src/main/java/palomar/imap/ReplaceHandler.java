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

/// REPLACE and UID REPLACE: the new message comes and the old one goes at one moment. RFC 8508 3
///
/// What can be known to be wrong is known before the message is asked for.
record ReplaceHandler(ImapService service, UserMail mail, Dialogue dialogue, SelectedMailbox box) {

    Reply run(Command.Replace command) throws IOException {
        box.refuseChange();
        box.require(Right.DELETED, Right.EXPUNGE);
        long old = old(command.target());
        try (TargetMailbox target = TargetMailbox.open(mail, command.mailbox());
                Intake intake = new Intake(service, dialogue, mail, box)) {
            while (true) {
                switch (intake.next(command.messages())) {
                    case Intake.Taken() -> {}
                    case Intake.Complete() -> {
                        Mailbox.NewMessage message =
                                intake.messages(target.kept()).getFirst();
                        Mailbox.Appended made = new Progress(dialogue, command.tag())
                                .during(() -> box.mailbox().replace(old, message, target.mailbox()));
                        dialogue.happenings().appended(target.mailbox(), made.uids());
                        tell(made, command);
                        return done();
                    }
                    case Intake.Refused(Reply reply) -> {
                        return reply;
                    }
                }
            }
        }
    }

    private long old(NumberSet target) {
        UidSet uids =
                box.uids(box.resolve(target)).intersect(box.mailbox().view().uids());
        if (uids.isEmpty()) {
            throw new MailException(MailError.EXPUNGED, "there is no such message");
        }
        return uids.first(0);
    }

    /// APPENDUID goes out before the EXPUNGE, so that no client forgets a message whose successor it does not know
    /// yet. RFC 8508 4.3
    private void tell(Mailbox.Appended made, Command.Replace command) throws IOException {
        dialogue.out().ok(Tag.NONE, new ResponseCode.AppendUid(made.uidValidity(), made.uids()), "the new message");
        AppendHandler.tellNormalName(dialogue, command.mailbox());
        QuotaHandler.warn(mail, dialogue);
        if (Names.of(command.mailbox()).equals(box.name())) {
            box.own(made.uids());
        }
        box.syncOwn(dialogue.out(), new Telling(true, true, command.target() instanceof NumberSet.Uids), Quiet.NONE);
    }

    /// RFC 8508 4.5: as after UID EXPUNGE.
    private Reply done() {
        return dialogue.enabled().condstore()
                ? Reply.ok(new ResponseCode.HighestModSeq(box.coveredModSeq()), "REPLACE done")
                : Reply.ok("REPLACE done");
    }
}
