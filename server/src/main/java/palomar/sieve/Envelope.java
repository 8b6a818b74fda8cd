package palomar.sieve;

import java.util.Optional;

/// What SMTP said about one delivery of a message. Addresses are bare: without angle brackets, local part as it is
/// written in a header (quoted where it must be); the empty text is the null sender. Immutable. RFC 5228 5.4
///
/// @param from the sender; empty when it is not known (or was malformed), the empty text for `<>`
/// @param to the recipient after the server's own rewriting; empty when it is not known
/// @param originalTo the recipient as the client named it
/// @param authenticated who submitted the message, by name
/// @param dsn what RFC 3461 adds, for `envelope-dsn`
/// @param deliverBy what RFC 2852 adds, for `envelope-deliverby`
public record Envelope(
        Optional<String> from,
        Optional<String> to,
        Optional<String> originalTo,
        Optional<String> authenticated,
        Optional<Dsn> dsn,
        Optional<DeliverBy> deliverBy) {

    public static Envelope of(String from, String to) {
        return new Envelope(
                Optional.of(from),
                Optional.of(to),
                Optional.of(to),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// Each as it stood in the command, decoded; empty when it was absent. RFC 3461 4
    ///
    /// @param notifyOn `NEVER`, or others joined by commas
    /// @param ret `FULL` or `HDRS`
    /// @param orcpt type and address, as in `rfc822;bob@example.com`
    public record Dsn(
            Optional<String> notifyOn, Optional<String> orcpt, Optional<String> ret, Optional<String> envelopeId) {}

    /// RFC 2852 4
    ///
    /// @param seconds from now, negative when it is over
    /// @param mode `N` or `R`
    /// @param trace the sender wants to hear of relays that don't know DELIVERBY
    public record DeliverBy(long seconds, char mode, boolean trace) {}
}
