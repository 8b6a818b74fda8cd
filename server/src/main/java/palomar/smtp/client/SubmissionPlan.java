package palomar.smtp.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import palomar.smtp.proto.SmtpCommand.Body;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.SmtpReply;
import palomar.smtp.proto.Xtext;

/// How a message fits what a relay can: the parameters of its commands, or why it can't go there.
///
/// The rules for what does not fit are in docs/decisions/0061-what-a-relay-can-not-carry.md.
///
/// @param refusal for all recipients
/// @param mail the MAIL command without its line end
/// @param chunked by BDAT instead of DATA
/// @param converted what is sent in place of the message
record SubmissionPlan(Optional<SmtpReply> refusal, String mail, boolean chunked, Optional<SevenBit> converted) {

    private static SubmissionPlan refused(int code, String enhanced, String text) {
        return new SubmissionPlan(Optional.of(SmtpReply.of(code, enhanced, text)), "", false, Optional.empty());
    }

    /// @param trusted TLS with a relay whose certificate is verified
    static SubmissionPlan of(Envelope envelope, OutgoingContent content, Extensions relay, boolean trusted, Instant now)
            throws IOException {
        EnvelopeOptions options = envelope.options();
        if (options.requireTls() && !(trusted && relay.has("REQUIRETLS"))) {
            return refused(550, "5.7.30", "the sender requires TLS all the way, which the relay does not grant");
        }
        boolean utf8 = needsUtf8(envelope);
        if (envelope.sender().needsUtf8() && !relay.has("SMTPUTF8")) {
            return refused(550, "5.6.7", "the sender's address is not ASCII, and the relay takes none but those");
        }
        OptionalLong most = relay.size();
        if (most.isPresent() && content.source().size() > most.getAsLong()) {
            return refused(552, "5.3.4", "message too big for the relay: more than " + most.getAsLong() + " bytes");
        }
        StringBuilder mail = new StringBuilder(96).append("MAIL FROM:").append(envelope.sender());
        Optional<SubmissionPlan> late = deliverBy(options.deliverBy(), relay, now, mail);
        if (late.isPresent()) {
            return late.get();
        }
        // A header in UTF-8 alone goes as it came, as from any other MTA, where the relay would not have it
        // marked.
        if (relay.has("SMTPUTF8") && (utf8 || !content.facts().headerIsAscii())) {
            mail.append(" SMTPUTF8");
        }
        if (options.requireTls()) {
            mail.append(" REQUIRETLS");
        }
        dsn(options, relay, mail);
        return body(content, relay, mail);
    }

    private static boolean needsUtf8(Envelope envelope) {
        return envelope.sender().needsUtf8()
                || envelope.recipients().stream()
                        .map(EnvelopeRecipient::address)
                        .anyMatch(SmtpPath::needsUtf8);
    }

    private static Optional<SubmissionPlan> deliverBy(
            Optional<DeliverBy> wanted, Extensions relay, Instant now, StringBuilder mail) {
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        DeliverBy by = wanted.get();
        boolean returned = by.mode() == DeliverBy.Mode.RETURN;
        long seconds = Math.clamp(Duration.between(now, by.due()).toSeconds(), -999_999_999, 999_999_999);
        if (returned && seconds <= 0) {
            return Optional.of(refused(550, "5.4.7", "the time in which it was to be delivered is over"));
        }
        boolean able = relay.has("DELIVERBY")
                && (!returned || seconds >= relay.shortestBy().orElse(0));
        if (!able) {
            return returned
                    ? Optional.of(refused(550, "5.3.3", "the relay does not promise delivery in time"))
                    : Optional.empty();
        }
        mail.append(" BY=").append(seconds).append(returned ? ";R" : ";N").append(by.trace() ? "T" : "");
        return Optional.empty();
    }

    private static void dsn(EnvelopeOptions options, Extensions relay, StringBuilder mail) {
        if (!relay.has("DSN")) {
            return;
        }
        options.ret().ifPresent(ret -> mail.append(ret == EnvelopeOptions.Ret.FULL ? " RET=FULL" : " RET=HDRS"));
        options.envelopeId().ifPresent(id -> mail.append(" ENVID=").append(Xtext.encode(id)));
    }

    private static SubmissionPlan body(OutgoingContent content, Extensions relay, StringBuilder mail)
            throws IOException {
        Body body = content.facts().body();
        String size = relay.has("SIZE") ? " SIZE=" + content.source().size() : "";
        if (body == Body.SEVEN_BIT) {
            return fits(mail, size, false);
        }
        if (body == Body.BINARY && relay.has("BINARYMIME") && relay.has("CHUNKING")) {
            return fits(mail, size + " BODY=BINARYMIME", true);
        }
        if (body == Body.EIGHT_BIT && relay.has("8BITMIME")) {
            return fits(mail, size + " BODY=8BITMIME", false);
        }
        Optional<SevenBit> converted = SevenBit.of(content);
        if (converted.isEmpty()) {
            return refused(
                    554, "5.6.3", "the relay takes no " + (body == Body.BINARY ? "binary" : "8-bit") + " messages");
        }
        return new SubmissionPlan(Optional.empty(), mail.toString(), false, converted);
    }

    private static SubmissionPlan fits(StringBuilder mail, String parameters, boolean chunked) {
        return new SubmissionPlan(Optional.empty(), mail + parameters, chunked, Optional.empty());
    }

    /// The RCPT command without its line end.
    static String rcpt(EnvelopeRecipient recipient, Extensions relay) {
        StringBuilder rcpt = new StringBuilder(64).append("RCPT TO:").append(recipient.address());
        if (!relay.has("DSN")) {
            return rcpt.toString();
        }
        if (!recipient.notifyOn().isEmpty()) {
            char before = '=';
            rcpt.append(" NOTIFY");
            for (Notify notify : recipient.notifyOn()) {
                rcpt.append(before).append(notify.name());
                before = ',';
            }
        }
        recipient.original().ifPresent(original -> {
            int type = original.indexOf(';') + 1;
            rcpt.append(" ORCPT=").append(original, 0, type).append(Xtext.encode(original.substring(type)));
        });
        return rcpt.toString();
    }
}
