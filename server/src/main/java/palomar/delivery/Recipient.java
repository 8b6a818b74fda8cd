package palomar.delivery;

import java.util.Optional;
import palomar.mail.MailboxName;
import palomar.smtp.proto.SmtpPath;
import palomar.storage.QuotaLimits;

/// Someone we know.
///
/// @param address as the sender wrote it, detail and all: what Delivered-To says
/// @param user the store's key
/// @param mailbox where it shall go when that mailbox exists; else INBOX
/// @param limits what the configuration and the userdb allow him
/// @param original the address that the sender wrote, with its type (`rfc822;bob@example.org`), as the MTA says it
/// by
///     ORCPT. RFC 3461 4.2
public record Recipient(
        SmtpPath address, String user, Optional<MailboxName> mailbox, QuotaLimits limits, Optional<String> original) {
    Recipient(SmtpPath address, String user, Optional<MailboxName> mailbox, QuotaLimits limits) {
        this(address, user, mailbox, limits, Optional.empty());
    }

    public Recipient sentTo(Optional<String> first) {
        return new Recipient(address, user, mailbox, limits, first);
    }

    /// The same person by the same address, whatever the sender wrote.
    Recipient withoutOriginal() {
        return new Recipient(address, user, mailbox, limits);
    }
}
