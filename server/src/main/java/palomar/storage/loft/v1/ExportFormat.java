package palomar.storage.loft.v1;

/// What [LoftTools#export] writes.
public enum ExportFormat {
    /// One file for each mailbox, lines ending with LF, `From ` lines quoted so that it can be undone (mboxrd);
    /// flags, keywords and UIDs in the fields Status, X-Status, X-Keywords and X-UID.
    MBOX,
    /// Maildir++ as Dovecot and Courier know it, with dovecot-uidlist and dovecot-keywords: the bytes as they are,
    /// UIDs, UIDVALIDITY, flags and keywords kept.
    MAILDIR
}
