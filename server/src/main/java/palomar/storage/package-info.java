/// The seam between protocols and mail stores: what every store promises, in words that know no file and no
/// socket.
///
/// A [palomar.storage.Storage] holds many users. [palomar.storage.UserMail] is one user's mailboxes;
/// [palomar.storage.Mailbox] is one mailbox, shared by all its sessions; a [palomar.storage.MailboxView] is an
/// immutable
/// list of UIDs that a session keeps as its own sequence numbers; a [palomar.storage.MessageCursor] reads rows
/// without an
/// object a message. The sentences on the methods are the contract; `StorageContract` and `MailboxContract` are
/// the same
/// sentences as tests, and each store inherits them.
///
/// Invariants of every store:
/// - what a method acknowledges is durable as its comment says, and survives `kill -9`;
/// - UIDs grow and are never reused; UIDVALIDITY changes only when a mailbox is made anew; HIGHESTMODSEQ never
/// falls;
/// - a change is visible to new views before its watchers are woken, and after it is in the journal;
/// - no method holds a lock while it waits for a peer; a reader never blocks a writer.
@NullMarked
package palomar.storage;

import org.jspecify.annotations.NullMarked;
