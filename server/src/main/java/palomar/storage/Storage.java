package palomar.storage;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import palomar.mail.Flags;
import palomar.mail.MailException;
import palomar.mail.MailboxName;

/// A mail store with many users. Safe for many threads.
public interface Storage extends AutoCloseable {

    /// What is true of this store; constant while it is open.
    Traits traits();

    /// A user's mail; INBOX is made when it is the first time. Cheap, shared: two calls for one user give the same
    /// mailboxes. Close what you opened.
    ///
    /// Throws MailException UNAVAILABLE when the store can't serve this user now.
    UserMail open(String user);

    /// All users that have mail, in no order.
    Stream<String> users();

    /// Removes a user and all his mail, durably. False when there is no such user.
    boolean deleteUser(String user);

    /// Takes in the bytes of one message, before it is known which mailboxes get it. Close it in any case: a
    /// staging that
    /// was not finished and stored leaves nothing behind.
    Staging stage();

    /// Stores one message in mailboxes of several users, in one transaction where they share a part of the store;
    /// the bytes are stored once there. A result for each target, in order; each [Delivered.Stored] is durable
    /// (synced) when this returns. A missing target mailbox is [Delivered.Failed] with NOT_FOUND; INBOX is always
    /// there.
    List<Delivered> deliver(StagedMessage message, List<Target> targets);

    /// Waits until all that was acknowledged is on disk, then lets go of files and threads.
    @Override
    void close();

    /// Abilities that differ between stores.
    ///
    /// @param name `loft`, `memory`, `maildir`
    /// @param durable survives the end of the process
    /// @param guids messages have stable GUIDs
    record Traits(String name, boolean durable, boolean guids) {}

    /// Where one copy of a delivery goes.
    ///
    /// @param user the store's key of the user, as [UserMail] has it
    /// @param mailbox must exist
    /// @param head bytes that stand before the message for this recipient only (Return-Path, Delivered-To); whole
    /// header
    ///     lines with CRLF, at most 8 KiB, or empty
    record Target(String user, MailboxName mailbox, byte[] head, Flags flags, Instant internalDate) {}

    /// What became of one copy.
    sealed interface Delivered {
        /// On disk, under this UID.
        record Stored(long uidValidity, long uid) implements Delivered {}

        /// Not stored; nothing of it will appear.
        record Failed(MailException why) implements Delivered {}
    }
}
