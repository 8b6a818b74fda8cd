package palomar.delivery.sieve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import palomar.bytes.ByteSource;
import palomar.message.AddrSpec;
import palomar.message.MailtoUri;
import palomar.message.edit.EditedMessage;
import palomar.message.edit.Field;
import palomar.message.edit.FieldName;
import palomar.message.edit.Header;
import palomar.message.edit.MessageComposer;
import palomar.sieve.Action;
import palomar.smtp.proto.SmtpPath;

/// A notification by mail. RFC 5436
final class MailNotice {
    private static final FieldName SUBJECT = FieldName.of("Subject");
    private static final FieldName FROM = FieldName.of("From");
    private static final FieldName MESSAGE_ID = FieldName.of("Message-ID");
    private static final int MOST_RECIPIENTS = 8;

    /// What the URI may not set: RFC 5436 2.7 and what we set ourselves.
    private static final Set<String> OURS = Set.of(
            "from",
            "sender",
            "to",
            "cc",
            "bcc",
            "subject",
            "body",
            "date",
            "message-id",
            "received",
            "auto-submitted",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "return-path",
            "in-reply-to",
            "references",
            "resent-from",
            "resent-to",
            "resent-cc",
            "resent-bcc",
            "resent-date",
            "resent-message-id",
            "resent-sender",
            "x-sieve",
            "precedence",
            "delivered-to",
            "importance",
            "x-priority");

    private final Action.Notify notify;
    private final MailtoUri uri;
    private final Header header;
    private final Senders senders;
    private final Surroundings around;

    MailNotice(Action.Notify notify, MailtoUri uri, Senders senders, Surroundings around) throws IOException {
        this.notify = notify;
        this.uri = uri;
        this.header = EditedMessage.of(notify.message().content()).header();
        this.senders = senders;
        this.around = around;
    }

    /// Why there is none; empty: there is one. RFC 5436 2.7.1
    Optional<String> objection() {
        return Automatic.wasAutomatic(header)
                ? Optional.of("the message was sent by a program: it has Auto-Submitted")
                : Optional.empty();
    }

    List<SmtpPath> recipients() {
        Set<SmtpPath> all = new LinkedHashSet<>();
        List<AddrSpec> named = new ArrayList<>(uri.to());
        named.addAll(uri.addresses("cc"));
        named.addAll(uri.addresses("bcc"));
        for (AddrSpec address : named) {
            if (all.size() < MOST_RECIPIENTS) {
                Senders.path(Optional.of(address.toString())).ifPresent(all::add);
            }
        }
        return List.copyOf(all);
    }

    /// RFC 5436 2.3
    SmtpPath sender() {
        String usual = from().map(mailbox -> mailbox.address().toString()).orElse("postmaster");
        return senders.chosen("sieve_notify_mailto_envelope_from", usual);
    }

    private Optional<AddrSpec.Mailbox> from() {
        return notify.from().flatMap(AddrSpec::mailbox);
    }

    ByteSource content() {
        MessageComposer composer = new MessageComposer()
                .field("X-Sieve", "Palomar Sieve")
                .field("Message-ID", around.messageId())
                .date(around.clock().instant(), around.zone());
        from().or(this::owner).ifPresent(mailbox -> composer.addresses("From", List.of(mailbox)));
        composer.addresses("To", plain(uri.to()))
                .addresses("Cc", plain(uri.addresses("cc")))
                .field("Subject", subject());
        String owner = senders.user().address();
        composer.field("Auto-Submitted", "auto-notified; owner-email=\"" + owner + "\"")
                .field("Precedence", "bulk");
        importance(composer);
        for (MailtoUri.Field field : uri.fields()) {
            if (!OURS.contains(field.name().toLowerCase(Locale.ROOT)) && FieldName.isValid(field.name())) {
                composer.field(field.name(), field.value());
            }
        }
        return composer.text(body());
    }

    private Optional<AddrSpec.Mailbox> owner() {
        return AddrSpec.parse(senders.user().address()).map(address -> new AddrSpec.Mailbox("", address));
    }

    private static List<AddrSpec.Mailbox> plain(List<AddrSpec> addresses) {
        return addresses.stream()
                .map(address -> new AddrSpec.Mailbox("", address))
                .toList();
    }

    /// RFC 5436 2.7: X-Priority for the many, Importance by RFC 2156.
    private void importance(MessageComposer composer) {
        switch (notify.importance()) {
            case 1 -> composer.field("X-Priority", "1 (Highest)").field("Importance", "High");
            case 3 -> composer.field("X-Priority", "5 (Lowest)").field("Importance", "Low");
            default -> composer.field("X-Priority", "3 (Normal)").field("Importance", "Normal");
        }
    }

    /// The script's text, else the URI's subject, else that of the message. RFC 5436 2.4
    private String subject() {
        return notify.text()
                .or(() -> uri.field("subject"))
                .or(() -> header.first(SUBJECT).map(Field::text))
                .map(text -> text.strip().lines().findFirst().orElse(""))
                .filter(text -> !text.isEmpty())
                .orElse("Notification");
    }

    private String body() {
        Optional<String> given = uri.field("body");
        if (given.isPresent()) {
            return given.get();
        }
        StringBuilder body = new StringBuilder("Notification of new message.\n\n");
        header.first(FROM)
                .ifPresent(field -> body.append("From: ").append(field.text()).append('\n'));
        header.first(SUBJECT)
                .ifPresent(
                        field -> body.append("Subject: ").append(field.text()).append('\n'));
        header.first(MESSAGE_ID)
                .ifPresent(field ->
                        body.append("Message-ID: ").append(field.value()).append('\n'));
        return body.toString();
    }
}
