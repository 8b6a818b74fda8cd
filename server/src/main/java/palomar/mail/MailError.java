package palomar.mail;

/// Why something was refused: the one vocabulary between the store and the protocols.
///
/// Each protocol has one switch without default from these to its codes. Whether a refusal is temporary is a
/// property of the kind, because SMTP must choose between 4xx and 5xx.
public enum MailError {
    /// The mailbox does not exist. IMAP: NONEXISTENT (TRYCREATE for a target). LMTP: 5.1.1 or 4.2.x by context.
    NOT_FOUND(false),
    /// The mailbox exists already. RFC 5530: ALREADYEXISTS
    ALREADY_EXISTS(false),
    /// Not allowed to. RFC 5530: NOPERM
    NO_PERMISSION(false),
    /// The user is over quota. RFC 5530: OVERQUOTA
    OVER_QUOTA(false),
    /// A limit of the server, not the user's quota: too large, too many, too deep. RFC 5530: LIMIT
    LIMIT(false),
    /// Someone else holds it just now. RFC 5530: INUSE
    IN_USE(true),
    /// The message is gone. RFC 5530: EXPUNGEISSUED
    EXPUNGED(false),
    /// A database, directory or the store is away just now. RFC 5530: UNAVAILABLE
    UNAVAILABLE(true),
    /// The disk is full; nothing was changed. IMAP: OVERQUOTA, LMTP: 452 4.3.1
    DISK_FULL(true),
    /// Stored data is damaged and was set aside; the operator must look. RFC 5530: CORRUPTION
    CORRUPTION(true),
    /// The operation can never work, whoever asks: rename INBOX's parent, select a name that can't be. RFC 5530:
    /// CANNOT
    CANNOT(false),
    /// Content that can't be decoded as asked. RFC 3516: UNKNOWN-CTE
    UNKNOWN_CTE(false),
    /// A charset that the server does not know. RFC 9051 7.1: BADCHARSET
    BAD_CHARSET(false);

    private final boolean temporary;

    MailError(boolean temporary) {
        this.temporary = temporary;
    }

    /// True when the same request may succeed later without anyone changing it.
    public boolean temporary() {
        return temporary;
    }
}
