package palomar.imap.proto;

/// What STATUS can ask of a mailbox; [#wire()] is the word. RFC 9051 6.3.11
public enum StatusItem {
    MESSAGES,
    /// RFC 3501 6.3.10; gone in rev2, still answered.
    RECENT,
    UIDNEXT,
    UIDVALIDITY,
    UNSEEN,
    DELETED,
    /// Bytes that an EXPUNGE would free. RFC 9208 4.1.4
    DELETED_STORAGE("DELETED-STORAGE"),
    SIZE,
    /// The largest message that APPEND takes, in bytes. RFC 7889 3.1
    APPENDLIMIT,
    /// RFC 7162 3.1.7
    HIGHESTMODSEQ,
    /// The one that is no number. RFC 8474 4.3
    MAILBOXID;

    private final String wire;

    StatusItem() {
        this.wire = name();
    }

    StatusItem(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }
}
