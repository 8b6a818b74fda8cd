package palomar.imap;

import java.util.Optional;
import palomar.acl.Right;
import palomar.acl.Rights;
import palomar.mail.MailboxName;
import palomar.storage.Kept;
import palomar.storage.Mailbox;
import palomar.storage.UserMail;

/// The mailbox that APPEND, COPY, MOVE or REPLACE puts messages into.
///
/// @param kept what the user may give to messages there; other flags are dropped silently, RFC 4314 4
record TargetMailbox(Mailbox mailbox, Kept kept) implements AutoCloseable {

    /// Throws MailException NO_PERMISSION.
    ///
    /// @throws NoTarget when it does not exist, or must look so
    static TargetMailbox open(UserMail mail, String text) {
        MailboxName name = Names.of(text);
        Optional<UserMail.Entry> entry = mail.find(name);
        if (entry.isEmpty()) {
            throw new NoTarget();
        }
        Rights rights = MailboxRights.of(mail).in(entry.get().id());
        if (!rights.has(Right.INSERT)) {
            if (!rights.has(Right.LOOKUP)) {
                throw new NoTarget();
            }
            throw MailboxRights.lacking(Rights.of(Right.INSERT));
        }
        return new TargetMailbox(mail.open(entry.get().id()), MailboxRights.kept(rights));
    }

    @Override
    public void close() {
        mailbox.close();
    }
}
