package palomar.delivery.sieve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.message.AddrSpec;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.Header;
import palomar.message.edit.MailAddress;
import palomar.message.edit.MessageComposer;
import palomar.message.edit.ReplyIds;
import palomar.sieve.Action;
import palomar.sieve.Envelope;
import palomar.sieve.Settings;
import palomar.smtp.proto.SmtpPath;

/// Whether a vacation reply is sent, and what it says. RFC 5230 4, RFC 3834
final class VacationReply {
    private static final List<FieldName> RECIPIENTS = names("To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc");
    private static final List<FieldName> AUTHORS = names("Sender", "From");
    private static final List<FieldName> AUTHORS_ANYHOW = names("Sender", "Resent-From", "From");
    private static final FieldName SUBJECT = FieldName.of("Subject");

    private final Person person;
    private final Envelope envelope;
    private final Action.Vacation vacation;
    private final Header header;
    private final Settings settings;
    private final Senders senders;

    VacationReply(Person person, Envelope envelope, Action.Vacation vacation, Surroundings around) throws IOException {
        this.person = person;
        this.envelope = envelope;
        this.vacation = vacation;
        this.header = EditedMessage.of(vacation.message().content()).header();
        this.settings = person.settings();
        this.senders = new Senders(person, envelope, around.postmaster());
    }

    private static List<FieldName> names(String... names) {
        return List.of(names).stream().map(FieldName::of).toList();
    }

    SmtpPath recipient() {
        return senders.sender();
    }

    /// Who answers, in the envelope: nobody, unless the operator wants bounces.
    SmtpPath sender() {
        return settings.flag("sieve_vacation_send_from_recipient", false)
                ? senders.address("", "recipient")
                : SmtpPath.NULL;
    }

    /// Which replies count as the same, for which sender.
    String key() {
        return recipient().address().toLowerCase(Locale.ROOT) + "\n" + vacation.handle();
    }

    /// Why there is no reply, whatever is remembered; empty: there is one.
    Optional<String> objection() {
        SmtpPath sender = recipient();
        if (sender.isNull()) {
            return Optional.of("the message has no sender");
        }
        List<String> own = own();
        if (own.contains(sender.address().toLowerCase(Locale.ROOT))) {
            return Optional.of("the sender " + sender + " is the user");
        }
        Optional<String> automatic = Automatic.objection(header, sender);
        if (automatic.isPresent()) {
            return automatic;
        }
        if (settings.flag("sieve_vacation_check_recipient", !dontCheck())
                && addressed(own).isEmpty()) {
            return Optional.of("none of the user's addresses is among the recipients");
        }
        return Optional.empty();
    }

    /// The older name of the same setting.
    private boolean dontCheck() {
        return settings.flag("sieve_vacation_dont_check_recipient", false);
    }

    /// All addresses of the user that we know, in lower case.
    private List<String> own() {
        List<String> own = new ArrayList<>();
        envelope.to().ifPresent(own::add);
        if (settings.flag("sieve_vacation_use_original_recipient", false)) {
            envelope.originalTo().ifPresent(own::add);
        }
        person.mainAddress().ifPresent(own::add);
        own.addAll(vacation.addresses());
        own.replaceAll(address -> address.toLowerCase(Locale.ROOT));
        return own;
    }

    /// The first recipient in the header that is the user: it is he who answers.
    private Optional<AddrSpec> addressed(List<String> own) {
        for (FieldName name : RECIPIENTS) {
            for (Field field : header.all(name)) {
                for (MailAddress each : field.addresses()) {
                    AddrSpec address = each.address();
                    if (address != null && own.contains(address.toString().toLowerCase(Locale.ROOT))) {
                        return Optional.of(address);
                    }
                }
            }
        }
        return Optional.empty();
    }

    ByteSource content(Surroundings around) throws IOException {
        MessageComposer composer = new MessageComposer()
                .field("X-Sieve", "Palomar Sieve")
                .field("Message-ID", around.messageId())
                .date(around.clock().instant(), around.zone())
                .addresses("From", from())
                .addresses("To", List.of(to()))
                .field("Subject", subject())
                .inReplyTo(ReplyIds.to(header))
                .field("Auto-Submitted", "auto-replied (vacation)")
                .field("Precedence", "bulk")
                .field("X-Auto-Response-Suppress", "All");
        return vacation.mime() ? composer.entity(vacation.reason()) : composer.text(vacation.reason());
    }

    /// RFC 5230 4.3
    private List<AddrSpec.Mailbox> from() {
        Optional<List<AddrSpec.Mailbox>> wanted = vacation.from().flatMap(AddrSpec::mailboxes);
        return wanted.orElseGet(() -> addressed(own())
                .or(() -> envelope.to().flatMap(AddrSpec::parse))
                .or(() -> person.mainAddress().flatMap(AddrSpec::parse))
                .or(() -> AddrSpec.parse(senders.user().address()))
                .map(address -> List.of(new AddrSpec.Mailbox("", address)))
                .orElse(List.of()));
    }

    /// The sender with the name that he gives himself.
    private AddrSpec.Mailbox to() {
        boolean anyhow = settings.flag("sieve_vacation_to_header_ignore_envelope", false);
        String sender = recipient().address();
        for (FieldName name : anyhow ? AUTHORS_ANYHOW : AUTHORS) {
            for (Field field : header.all(name)) {
                for (MailAddress each : field.addresses()) {
                    AddrSpec address = each.address();
                    if (address != null && (anyhow || address.toString().equalsIgnoreCase(sender))) {
                        return new AddrSpec.Mailbox(each.name(), address);
                    }
                }
            }
        }
        return new AddrSpec.Mailbox(
                "",
                AddrSpec.parse(sender)
                        .orElseGet(() ->
                                new AddrSpec(recipient().local(), recipient().domain())));
    }

    /// RFC 5230 4.5
    private String subject() {
        if (vacation.subject().isPresent()) {
            return vacation.subject().get();
        }
        String original = header.first(SUBJECT).map(Field::text).orElse("").strip();
        if (original.isEmpty()) {
            return settings.get("sieve_vacation_default_subject").orElse("Automated reply");
        }
        return settings.get("sieve_vacation_default_subject_template")
                .orElse("Auto: %{subject}")
                .replace("%{subject}", original)
                .replace("%$", original);
    }
}
