package palomar.delivery.sieve;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.message.AddrSpec;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.Header;
import palomar.message.edit.MessageComposer;
import palomar.message.edit.ReplyIds;
import palomar.message.edit.Report;
import palomar.sieve.Action;
import palomar.sieve.Envelope;
import palomar.smtp.proto.SmtpPath;

/// Reports that a script has sent: that a message was refused (RFC 5429 2.2.1, RFC 8098), and complaints about one
/// (RFC 5965).
final class Rejection {
    private static final FieldName MESSAGE_ID = FieldName.of("Message-ID");
    private static final FieldName SUBJECT = FieldName.of("Subject");

    private Rejection() {}

    static ByteSource content(
            Action.Reject reject, ByteSource message, Envelope envelope, SmtpPath recipient, Surroundings around)
            throws IOException {
        Header header = EditedMessage.of(message).header();
        String explanation = "Your message to " + envelope.to().orElse("a user of this server")
                + " was automatically rejected:\n\n" + reject.reason() + "\n";
        Report report = Report.refusal(
                around.host() + "; Palomar", explanation, subject(message, header, envelope, around, false));
        return head(around, recipient, "Mail Delivery Subsystem", around.postmaster())
                .field("Subject", "Automatically rejected mail")
                .inReplyTo(ReplyIds.to(header))
                .field("Auto-Submitted", "auto-replied (rejected)")
                .field("Precedence", "bulk")
                .report(report, around.boundary());
    }

    static ByteSource complaint(
            Action.Report wanted, Envelope envelope, SmtpPath from, SmtpPath recipient, Surroundings around)
            throws IOException {
        ByteSource message = wanted.message().content();
        Header header = EditedMessage.of(message).header();
        Report.Complaint complaint =
                new Report.Complaint(wanted.type(), "Palomar/1", envelope.from().filter(address -> !address.isEmpty()));
        Report report = Report.feedback(
                complaint, wanted.text(), subject(message, header, envelope, around, wanted.headersOnly()));
        String of = header.first(SUBJECT).map(Field::text).orElse("(no subject)");
        return head(around, recipient, "", from.isNull() ? around.postmaster() : from.address())
                .field("Subject", "Report: " + of)
                .field("Auto-Submitted", "auto-generated (report)")
                .field("Precedence", "bulk")
                .report(report, around.boundary());
    }

    private static MessageComposer head(Surroundings around, SmtpPath recipient, String name, String from) {
        MessageComposer composer = new MessageComposer()
                .field("X-Sieve", "Palomar Sieve")
                .field("Message-ID", around.messageId())
                .date(around.clock().instant(), around.zone());
        AddrSpec.parse(from)
                .ifPresent(address -> composer.addresses("From", List.of(new AddrSpec.Mailbox(name, address))));
        AddrSpec.parse(recipient.address()).ifPresent(address -> composer.address("To", address));
        return composer;
    }

    private static Report.Subject subject(
            ByteSource message, Header header, Envelope envelope, Surroundings around, boolean headerOnly) {
        Optional<String> original = envelope.dsn()
                .flatMap(Envelope.Dsn::orcpt)
                .or(() -> envelope.originalTo().map(address -> "rfc822; " + address));
        Optional<String> id = header.first(MESSAGE_ID).map(Field::value).filter(text -> !text.isEmpty());
        String recipient = envelope.to().orElse(around.postmaster());
        return new Report.Subject(recipient, original, id, message, headerOnly);
    }
}
