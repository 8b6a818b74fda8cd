package palomar.imap;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import palomar.acl.Right;
import palomar.imap.proto.Command;
import palomar.imap.proto.StatusItem;
import palomar.storage.MailboxStatus;
import palomar.storage.UserMail;

/// STATUS. RFC 9051 6.3.11, SIZE: RFC 8438, APPENDLIMIT: RFC 7889 3.1, HIGHESTMODSEQ: RFC 7162 3.1.7,
/// MAILBOXID: RFC 8474 4.3
record StatusHandler(UserMail mail, Dialogue dialogue) {

    Reply run(Command.Status command, @Nullable SelectedMailbox selected) throws IOException {
        UserMail.Entry entry = MailboxRights.of(mail).require(Names.of(command.mailbox()), Right.READ);
        if (command.items().contains(StatusItem.HIGHESTMODSEQ)) {
            dialogue.knowsModSeqs(selected);
        }
        long appendLimit = dialogue.settings().users().message();
        MailboxStatus status = new Progress(dialogue, command.tag()).during(() -> mail.status(entry.id()));
        new StatusAnswer(entry.name().value(), entry.id(), status, appendLimit).tell(dialogue.out(), command.items());
        return Reply.ok("STATUS done");
    }
}
