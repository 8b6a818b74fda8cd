package palomar.imap;

import palomar.mail.UidSet;

/// Flag changes that the client need not be told: it made them itself with .SILENT, or the answer said them
/// already. A later change of the same message has a higher mod-sequence and is told.
///
/// @param uids messages whose flags are known
/// @param modSeq up to which
record Quiet(UidSet uids, long modSeq) {
    static final Quiet NONE = new Quiet(UidSet.EMPTY, -1);
}
