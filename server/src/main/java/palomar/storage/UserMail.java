package palomar.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import palomar.acl.Acl;
import palomar.mail.Flags;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;

/// One user's mailboxes. Safe for many threads; changes are durable on return.
///
/// INBOX always exists and can't be deleted. A name that exists only as the parent of others is not in
/// [#mailboxes()]; listing it is the protocol's business (RFC 9051 6.3.9: `\NonExistent`).
public interface UserMail extends AutoCloseable {

    String user();

    /// All mailboxes in name order, as of now.
    List<Entry> mailboxes();

    Optional<Entry> find(MailboxName name);

    /// Opens a mailbox, shared with everyone else who has it open. Close what you opened.
    ///
    /// Throws MailException NOT_FOUND; CORRUPTION when its data can't be read.
    Mailbox open(MailboxId id);

    /// Counters of a mailbox without opening it. Throws MailException NOT_FOUND.
    MailboxStatus status(MailboxId id);

    /// Makes a mailbox and the parents that are missing. Its UIDVALIDITY is larger than that of any mailbox which
    /// had this
    /// name before. It begins with a copy of its parent's [#acl(MailboxId)].
    ///
    /// Throws MailException ALREADY_EXISTS; LIMIT; CANNOT.
    Entry create(MailboxName name, Set<SpecialUse> uses);

    /// Deletes a mailbox with its messages; mailboxes below it stay. Sessions that have it open see
    /// [Mailbox#deleted()].
    ///
    /// Throws MailException NOT_FOUND; CANNOT for INBOX.
    void delete(MailboxName name);

    /// Renames a mailbox, or a name that exists only as a parent, with everything below it; ids, UIDs and
    /// UIDVALIDITY stay. Missing parents of the new name are made. INBOX is special (RFC 9051 6.3.6): its messages
    /// move to the new mailbox, which gets a copy of its [#acl(MailboxId)]; INBOX stays and is empty, and what
    /// lies below INBOX stays.
    ///
    /// Throws MailException NOT_FOUND; ALREADY_EXISTS; CANNOT into itself.
    void rename(MailboxName from, MailboxName to);

    /// Subscriptions are names; they need not exist. RFC 9051 6.3.7
    SortedSet<MailboxName> subscriptions();

    void subscribe(MailboxName name);

    void unsubscribe(MailboxName name);

    /// Says what a mailbox is for from now on. RFC 6154 5.4
    ///
    /// Throws MailException NOT_FOUND.
    void specialUses(MailboxId id, Set<SpecialUse> uses);

    /// Named values of the user.
    Attributes attributes();

    /// Named values of a mailbox.
    ///
    /// Throws MailException NOT_FOUND.
    Attributes attributes(MailboxId id);

    /// Who may do what with a mailbox. Nothing here asks it: that is for whoever acts for another, and for
    /// protocols that offer rights.
    ///
    /// Throws MailException NOT_FOUND.
    default Acl acl(MailboxId id) {
        return new AttributeAcl(attributes(id), id, user());
    }

    /// Stores copies in mailboxes and changes the user's own named values: all of it or nothing, in one
    /// transaction; synced on return. Either may be empty. Several copies of one [StagedMessage] share its bytes.
    ///
    /// Throws MailException NOT_FOUND (one of the mailboxes is gone), OVER_QUOTA, DISK_FULL, LIMIT.
    ///
    /// @return where each copy is, in their order
    List<Filed> file(List<Filing> filings, Map<String, Optional<byte[]>> values);

    /// What the user has and may have.
    QuotaRoot quota();

    /// Calls `wake` after each change of mailboxes, subscriptions or the user's own named values, on any thread;
    /// it must not block.
    Watch watch(Runnable wake);

    /// Calls `changed` with the mailbox after each change of messages, flags or named values in any of the user's
    /// mailboxes, opened by someone or not, on any thread; it must not block.
    Watch watchMessages(Consumer<MailboxId> changed);

    @Override
    void close();

    /// One mailbox in the tree.
    ///
    /// @param uidValidity 1 to 2^32-1
    record Entry(MailboxId id, MailboxName name, Set<SpecialUse> uses, long uidValidity) {}

    /// A copy to be stored.
    ///
    /// @param head as in [Storage.Target]
    /// @param noted a named value of the user that has the copy's UID, in 8 bytes, from the same transaction on
    record Filing(
            MailboxId mailbox,
            StagedMessage message,
            byte[] head,
            Flags flags,
            Instant internalDate,
            Optional<String> noted) {
        public Filing(MailboxId mailbox, StagedMessage message, byte[] head, Flags flags, Instant internalDate) {
            this(mailbox, message, head, flags, internalDate, Optional.empty());
        }
    }

    /// A copy on disk.
    record Filed(long uidValidity, long uid) {}
}
