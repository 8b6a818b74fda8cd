package palomar.imap;

import java.util.Optional;
import palomar.mail.MailboxName;
import palomar.storage.Mailbox;
import palomar.storage.UserMail;

/// The mailbox that APPEND, COPY or MOVE puts messages into.
final class TargetMailbox {
    private TargetMailbox() {}

    /// Opens it; the caller closes it.
    ///
    /// @throws NoTarget when it does not exist
    static Mailbox open(UserMail mail, String text) {
        MailboxName name = Names.of(text);
        Optional<UserMail.Entry> entry = mail.find(name);
        if (entry.isEmpty()) {
            throw new NoTarget();
        }
        return mail.open(entry.get().id());
    }
}
