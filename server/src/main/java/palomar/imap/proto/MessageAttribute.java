package palomar.imap.proto;

/// Things that a store knows of a message besides what RFC 9051 asks for: FETCH items whose name is their word.
public enum MessageAttribute {
    /// Names the content, whatever mailbox it lies in. RFC 8474 5.1
    EMAILID("EMAILID", false),
    /// Names the conversation. RFC 8474 5.2
    THREADID("THREADID", true),
    /// When the message came into its mailbox. RFC 8514 4.2
    SAVEDATE("SAVEDATE", false),
    /// The first words of the text. RFC 8970 3; with LAZY it is the same, because it is known since delivery.
    PREVIEW("PREVIEW", true),
    /// What Dovecot's tools ask for: the content's name as it is in the store.
    X_GUID("X-GUID", false),
    /// The mailbox in which the message really lies.
    X_MAILBOX("X-MAILBOX", false),
    /// Its UID there.
    X_REAL_UID("X-REAL-UID", false),
    /// The old name of SAVEDATE.
    X_SAVEDATE("X-SAVEDATE", false);

    private final String wire;
    private final boolean needsDigest;

    MessageAttribute(String wire, boolean needsDigest) {
        this.wire = wire;
        this.needsDigest = needsDigest;
    }

    public String wire() {
        return wire;
    }

    /// Does answering it take what was noted of header and text?
    public boolean needsDigest() {
        return needsDigest;
    }
}
