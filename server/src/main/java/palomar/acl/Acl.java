package palomar.acl;

import java.util.function.UnaryOperator;

/// The list of one mailbox, where a store keeps it. Safe for many threads.
///
/// A mailbox keeps its list when it is renamed; a new one begins with a copy of its parent's. Changes are durable
/// on return and count for the next command of every session.
public interface Acl {

    /// Entries of one list at most.
    int MAX_ENTRIES = 1000;

    /// Whose mailbox it is; empty for a public one. Constant, and known without the list.
    String owner();

    /// As of now. Cheap for a mailbox without a list of its own.
    AccessList list();

    /// Sets the rights of an identifier to what `change` makes of those it has; two changes at once can't lose one
    /// another. A negative identifier without rights is no entry; of others a right to nothing is kept.
    ///
    /// Throws MailException LIMIT, NOT_FOUND (the mailbox is gone), DISK_FULL.
    void change(Identifier identifier, UnaryOperator<Rights> change);

    /// Removes the entry of an identifier; of the owner, whose rights are then only [Rights#OWNERS]. What was not
    /// there is not missed.
    ///
    /// Throws MailException NOT_FOUND (the mailbox is gone), DISK_FULL.
    void remove(Identifier identifier);
}
