package palomar.imap;

import java.io.IOException;
import java.util.List;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.StatusItem;
import palomar.mail.MailboxId;
import palomar.storage.MailboxStatus;

/// What STATUS and LIST tell of one mailbox.
///
/// @param appendLimit bytes of the largest message that APPEND takes
record StatusAnswer(String name, MailboxId id, MailboxStatus status, long appendLimit) {

    void tell(ResponseWriter out, List<StatusItem> items) throws IOException {
        out.beginStatus(name);
        for (StatusItem item : items) {
            if (item == StatusItem.MAILBOXID) {
                out.objectId(item, id.toString());
            } else {
                out.item(item, value(item));
            }
        }
        out.endStatus();
    }

    private long value(StatusItem item) {
        return switch (item) {
            case MESSAGES -> status.messages();
            case RECENT -> status.recent();
            case UIDNEXT -> status.uidNext();
            case UIDVALIDITY -> status.uidValidity();
            case UNSEEN -> status.unseen();
            case DELETED -> status.deleted();
            case DELETED_STORAGE -> status.deletedBytes();
            case SIZE -> status.size();
            case APPENDLIMIT -> appendLimit;
            case HIGHESTMODSEQ -> status.highestModSeq();
            case MAILBOXID -> throw new IllegalArgumentException("an identifier is no number");
        };
    }
}
