package palomar.delivery;

import java.util.Optional;
import palomar.mail.Flags;
import palomar.mail.MailboxId;
import palomar.mail.UidSet;
import palomar.storage.UserMail;

/// Hears what clients do with stored messages, once it is done: the events of RFC 6785 2.2. Safe for many threads.
///
/// It is called on the client's thread before the client gets its answer, and holds no lock of the store
/// meanwhile. It may change the mailbox itself; such changes are no events.
public interface MessageEvents {
    MessageEvents NONE = new MessageEvents() {
        @Override
        public boolean wants(UserMail mail, MailboxId mailbox, Cause cause) {
            return false;
        }

        @Override
        public void happened(UserMail mail, Happened what) {}
    };

    /// Cheap: without it nobody needs to find out what changed.
    boolean wants(UserMail mail, MailboxId mailbox, Cause cause);

    /// Never throws for what is wrong with a script or a message: that is its own to report.
    void happened(UserMail mail, Happened what);

    /// RFC 6785 4.1
    enum Cause {
        APPEND,
        /// COPY and MOVE: for the mailbox that gets the messages.
        COPY,
        FLAG
    }

    /// @param mailbox where the messages are now
    /// @param from where they were copied from, when that mailbox is known
    /// @param changed flags that came or went; empty for other causes
    record Happened(Cause cause, MailboxId mailbox, Optional<MailboxId> from, UidSet uids, Flags changed) {}
}
