package palomar.imap.order;

import palomar.message.Collation;

/// How texts are ordered: the active comparator of a session. RFC 5255 4.7, RFC 4790 3.3
///
/// @param descending the direction is inverted: `-` before the collation's name
public record TextOrder(Collation collation, boolean descending) {
    /// Before the client has said anything.
    public static final TextOrder DEFAULT = new TextOrder(Collation.UNICODE_CASEMAP, false);

    /// As it is told to the client: collation-selected.
    public String wire() {
        return descending ? "-" + collation.wire() : collation.wire();
    }
}
