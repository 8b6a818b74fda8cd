package palomar.imap;

/// What is bent for clients that break otherwise, by the names that Dovecot gave these.
public enum Workaround {
    /// Strings of SEARCH that should be UTF-8 and are not are taken as Latin-1, for Angus Mail under UTF8=ACCEPT.
    /// Palomar's own.
    LATIN1_SEARCH,
    /// New mail is told in answers to NOOP and CHECK, and in IDLE, only.
    DELAY_NEWMAIL,
    /// A separator behind a mailbox name is passed over. Done in any case.
    TB_EXTRA_MAILBOX_SEP,
    /// LSUB shows `\NoSelect` for names that no mailbox has any more.
    TB_LSUB_FLAGS
}
