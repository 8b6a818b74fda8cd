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
public record Recipient(SmtpPath address, String user, Optional<MailboxName> mailbox, QuotaLimits limits) {}
