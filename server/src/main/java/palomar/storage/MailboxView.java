package palomar.storage;

import palomar.mail.UidSet;

/// The messages of a mailbox at one moment: immutable, shared by all who ask at that moment, safe for many
/// threads. A session keeps one as its sequence numbers until it may report changes.
public interface MailboxView {

    /// How many messages; sequence numbers go from 1 to this.
    int count();

    /// The UID at a sequence number (1 to [#count()]); ascending.
    long uid(int seq);

    /// The sequence number of a UID, or 0 when it is not in the view.
    int seq(long uid);

    /// The first sequence number whose UID is `uid` or larger; `count() + 1` when there is none.
    int seqAtOrAfter(long uid);

    /// HIGHESTMODSEQ at that moment: every change at or below it is in this view's cursor.
    long highestModSeq();

    /// UIDNEXT at that moment.
    long uidNext();

    /// All UIDs of the view, as a set.
    UidSet uids();
}
