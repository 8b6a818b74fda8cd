package palomar.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import palomar.auth.UserRecord;
import palomar.mail.MailboxName;
import palomar.sieve.Envelope;
import palomar.smtp.proto.SmtpPath;
import palomar.storage.QuotaLimits;

/// Someone we know.
///
/// @param address as the sender wrote it, detail and all: what Delivered-To says
/// @param user the store's key
/// @param mailbox where it shall go when that mailbox exists; else INBOX
/// @param limits what the configuration and the userdb allow him
/// @param home of the user, as the userdb has it
/// @param settings fields of the userdb that begin with `sieve_`
/// @param original the address that the sender wrote, with its type (`rfc822;bob@example.org`), as the MTA says it
/// by
///     ORCPT. RFC 3461 4.2
/// @param dsn what the MTA said of reports, for scripts. RFC 3461 4
public record Recipient(
        SmtpPath address,
        String user,
        Optional<MailboxName> mailbox,
        QuotaLimits limits,
        Optional<String> home,
        Map<String, String> settings,
        Optional<String> original,
        Optional<Envelope.Dsn> dsn) {
    static Recipient of(SmtpPath address, UserRecord user, Optional<MailboxName> mailbox, QuotaLimits limits) {
        Map<String, String> settings = new HashMap<>();
        user.fields().forEach((name, value) -> {
            if (name.startsWith("sieve_")) {
                settings.put(name, value);
            }
        });
        return new Recipient(
                address,
                user.name(),
                mailbox,
                limits,
                user.field("home"),
                Map.copyOf(settings),
                Optional.empty(),
                Optional.empty());
    }

    public Recipient sentTo(Optional<String> first) {
        return new Recipient(address, user, mailbox, limits, home, settings, first, dsn);
    }

    /// With what the sender wants to hear of him.
    public Recipient withDsn(Envelope.Dsn wanted) {
        return new Recipient(address, user, mailbox, limits, home, settings, original, Optional.of(wanted));
    }

    /// The same person by the same address, whatever the sender wrote.
    Recipient withoutOriginal() {
        return new Recipient(address, user, mailbox, limits, home, settings, Optional.empty(), Optional.empty());
    }
}
