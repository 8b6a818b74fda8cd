package palomar.imap.proto;

import palomar.mail.Flags;

/// What STORE does: FLAGS, +FLAGS, -FLAGS, each with or without .SILENT. RFC 9051 6.4.6
public record StoreAction(Kind kind, Flags flags, boolean silent) {
    /// How the named flags meet those that are there.
    public enum Kind {
        ADD,
        REMOVE,
        REPLACE
    }
}
