package palomar.submission;

import java.util.Optional;
import palomar.auth.Authenticator;
import palomar.mail.MailException;
import palomar.smtp.client.Extensions;
import palomar.smtp.proto.SmtpCommand;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.SmtpReply;
import palomar.smtp.proto.Xtext;

/// What MAIL asks for, and how it is passed on. RFC 6409 3.2, 6.1
final class MailCheck {
    private MailCheck() {}

    /// Why we refuse it, whatever the relay would say.
    static Optional<SmtpReply> refusal(SmtpCommand.Mail mail, SubmissionSettings settings, SenderRights rights) {
        SmtpPath sender = mail.sender();
        if (sender.needsUtf8() && !mail.utf8()) {
            return Optional.of(Replies.NEEDS_UTF8);
        }
        if (Transaction.unfit(sender)) {
            return Optional.of(Replies.BAD_ADDRESS);
        }
        if (mail.dsn().envelopeId().filter(Transaction::hasControls).isPresent()) {
            return Optional.of(Replies.BAD_PARAMETER);
        }
        if (settings.ownSenders() && !rights.owns(sender)) {
            return Optional.of(Replies.NOT_YOURS);
        }
        return mail.size().orElse(0) > settings.mostBytes() ? Optional.of(Replies.TOO_BIG) : Optional.empty();
    }

    /// The extension that it needs and the relay does not have.
    static Optional<String> missing(SmtpCommand.Mail mail, Extensions relay) {
        if (mail.utf8() && !relay.has("SMTPUTF8")) {
            return Optional.of("SMTPUTF8");
        }
        if (mail.body() == SmtpCommand.Body.EIGHT_BIT && !relay.has("8BITMIME")) {
            return Optional.of("8BITMIME");
        }
        if (mail.body() == SmtpCommand.Body.BINARY && !Announcement.binary(relay)) {
            return Optional.of("BINARYMIME");
        }
        if (!mail.dsn().equals(SmtpCommand.MailDsn.NONE) && !relay.has("DSN")) {
            return Optional.of("DSN");
        }
        return mail.wishes().stream()
                .map(SmtpCommand.Wish::extension)
                .filter(extension -> !relay.has(extension))
                .findFirst();
    }

    /// The parameters for the relay, with a blank before each.
    static String parameters(SmtpCommand.Mail mail, Extensions relay) {
        StringBuilder text = new StringBuilder();
        if (mail.size().isPresent() && relay.has("SIZE")) {
            text.append(" SIZE=").append(mail.size().getAsLong() + Announcement.ADDED);
        }
        switch (mail.body()) {
            case SEVEN_BIT -> {}
            case EIGHT_BIT -> text.append(" BODY=8BITMIME");
            case BINARY -> text.append(" BODY=BINARYMIME");
        }
        if (mail.utf8()) {
            text.append(" SMTPUTF8");
        }
        mail.dsn().ret().ifPresent(ret -> text.append(" RET=").append(ret));
        mail.dsn().envelopeId().ifPresent(id -> text.append(" ENVID=").append(Xtext.encode(id)));
        mail.wishes().forEach(wish -> text.append(' ').append(wish.parameter()));
        return text.toString();
    }

    /// RFC 5321 3.5: only our own users can be told.
    static SmtpReply verify(Authenticator door, SubmissionSettings settings, String who) {
        Optional<SmtpPath> path = SmtpPath.parse(who.strip());
        if (path.isEmpty() || path.get().isNull()) {
            return SmtpReply.of(501, "5.1.3", "VRFY needs an address");
        }
        try {
            SmtpPath asked = path.get();
            boolean known = door.lookup("submission", asked.address()).isPresent();
            boolean ours = settings.domains().contains(asked.domain())
                    || asked.domain().isEmpty();
            known |= ours && door.lookup("submission", asked.local()).isPresent();
            if (known) {
                return SmtpReply.of(250, "2.1.5", asked.toString());
            }
            return ours ? SmtpReply.of(550, "5.1.1", asked + " no such user") : Replies.NOT_VERIFIED;
        } catch (MailException away) {
            return SmtpReply.of(451, "4.3.0", "users can't be looked up just now");
        }
    }
}
