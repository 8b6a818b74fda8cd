package palomar.imap;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.Command;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.StatusItem;
import palomar.storage.MailboxStatus;
import palomar.storage.UserMail;

/// STATUS. RFC 9051 6.3.11, SIZE: RFC 8438, APPENDLIMIT: RFC 7889 3.1, HIGHESTMODSEQ: RFC 7162 3.1.7
record StatusHandler(UserMail mail, Dialogue dialogue) {

    Reply run(Command.Status command, @Nullable SelectedMailbox selected) throws IOException {
        UserMail.Entry entry = MailboxHandler.existing(mail, Names.of(command.mailbox()));
        if (command.items().contains(StatusItem.HIGHESTMODSEQ)) {
            if (selected == null) {
                dialogue.enabled().enableCondstore();
            } else {
                dialogue.enableCondstore(selected);
            }
        }
        long appendLimit = dialogue.settings().users().message();
        tell(dialogue.out(), entry.name().value(), command.items(), mail.status(entry.id()), appendLimit);
        return Reply.ok("STATUS done");
    }

    /// @param appendLimit bytes of the largest message that APPEND takes
    static void tell(
            ResponseWriter out, String name, List<StatusItem> items, MailboxStatus status, long appendLimit)
            throws IOException {
        out.beginStatus(name);
        for (StatusItem item : items) {
            out.item(item, value(item, status, appendLimit));
        }
        out.endStatus();
    }

    private static long value(StatusItem item, MailboxStatus status, long appendLimit) {
        return switch (item) {
            case MESSAGES -> status.messages();
            case RECENT -> status.recent();
            case UIDNEXT -> status.uidNext();
            case UIDVALIDITY -> status.uidValidity();
            case UNSEEN -> status.unseen();
            case DELETED -> status.deleted();
            case SIZE -> status.size();
            case APPENDLIMIT -> appendLimit;
            case HIGHESTMODSEQ -> status.highestModSeq();
        };
    }
}
