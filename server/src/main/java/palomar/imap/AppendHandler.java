package palomar.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.Command;
import palomar.imap.proto.ListEntry;
import palomar.imap.proto.ResponseCode;
import palomar.mail.MailboxName;
import palomar.storage.Mailbox;
import palomar.storage.UserMail;

/// APPEND of one message or of many, all or none. RFC 9051 6.3.12, RFC 3502, from parts: RFC 4469
///
/// Messages stream into the store's staging while they arrive; the mailbox is looked up before the first byte is
/// asked for, so that a refusal costs nothing.
///
/// @param selected for URLs in a CATENATE
record AppendHandler(
        ImapService service,
        UserMail mail,
        Dialogue dialogue,
        @Nullable SelectedMailbox selected) {

    Reply run(Command.Append command) throws IOException {
        try (TargetMailbox target = TargetMailbox.open(mail, command.mailbox());
                Intake intake = new Intake(service, dialogue, mail, selected).checkingRoom()) {
            while (true) {
                switch (intake.next(command.messages())) {
                    case Intake.Taken() -> {}
                    case Intake.Complete() -> {
                        List<Mailbox.NewMessage> messages = intake.messages(target.kept());
                        Mailbox.Appended appended = new Progress(dialogue, command.tag())
                                .during(() -> target.mailbox().append(messages));
                        dialogue.happenings().appended(target.mailbox(), appended.uids());
                        tellNormalName(dialogue, command.mailbox());
                        QuotaHandler.warn(mail, dialogue);
                        return Reply.ok(
                                new ResponseCode.AppendUid(appended.uidValidity(), appended.uids()), "APPEND done");
                    }
                    case Intake.Refused(Reply reply) -> {
                        return reply;
                    }
                }
            }
        }
    }

    /// A client that gave the mailbox's name in another form than ours learns ours. RFC 9051 6.3.12
    static void tellNormalName(Dialogue dialogue, String asked) throws IOException {
        MailboxName name = Names.of(asked);
        if (dialogue.enabled().rev2() && Names.differs(asked, name)) {
            dialogue.out()
                    .list(new ListEntry(List.of(), MailboxName.SEPARATOR, name.value(), List.of(), Optional.of(asked)));
        }
    }
}
