package palomar.smtp.client;

import java.util.Optional;

/// What a sender asks for the whole message. Passed on to a relay that has the extension; see [Envelope].
///
/// @param ret how much of the message a report returns: RFC 3461 4.3
/// @param envelopeId the sender's own name for this transaction, as plain text: RFC 3461 4.4
/// @param deliverBy RFC 2852
/// @param requireTls it must not travel in plain: RFC 8689 4.1
/// @param webhook it is no mail, but is posted there
public record EnvelopeOptions(
        Optional<Ret> ret,
        Optional<String> envelopeId,
        Optional<DeliverBy> deliverBy,
        boolean requireTls,
        Optional<Webhook> webhook) {

    /// Nothing special.
    public static final EnvelopeOptions NONE =
            new EnvelopeOptions(Optional.empty(), Optional.empty(), Optional.empty(), false);

    private static final int MOST_ENVELOPE_ID = 100;

    public EnvelopeOptions {
        envelopeId.ifPresent(id -> EnvelopeRecipient.refuseControls(id, MOST_ENVELOPE_ID));
    }

    /// Of mail.
    public EnvelopeOptions(
            Optional<Ret> ret, Optional<String> envelopeId, Optional<DeliverBy> deliverBy, boolean requireTls) {
        this(ret, envelopeId, deliverBy, requireTls, Optional.empty());
    }

    /// How much of the message a report returns.
    public enum Ret {
        FULL,
        /// `HDRS`
        HEADERS
    }
}
