package palomar.imap.proto;

import java.util.Optional;
import palomar.mail.UidSet;

/// What SELECT and EXAMINE say after the mailbox. RFC 7162 3.1.8 and 3.2.5
///
/// @param condstore CONDSTORE was given
/// @param annotate ANNOTATE was given. RFC 5257 4.2
/// @param qresync valid only after ENABLE QRESYNC; the session must check
public record SelectParams(boolean condstore, boolean annotate, Optional<Qresync> qresync) {
    public static final SelectParams NONE = new SelectParams(false, false, Optional.empty());

    /// What the client remembers of the mailbox.
    ///
    /// @param uidValidity 1 to 2^32-1
    /// @param modSeq the last HIGHESTMODSEQ it knew: 1 to 2^63-1
    /// @param knownUids the UIDs it knows; empty when it did not say (then: all)
    /// @param match samples of its view
    public record Qresync(long uidValidity, long modSeq, Optional<UidSet> knownUids, Optional<SeqMatch> match) {}

    /// The client believes that the n-th smallest of `seqs` is the number of the n-th smallest of `uids`; both
    /// have the same size. RFC 7162 3.2.5.2
    public record SeqMatch(SeqSet seqs, UidSet uids) {}
}
