package palomar.delivery;

import java.util.Optional;
import palomar.smtp.proto.SmtpPath;

/// What `palomar deliver` was asked to do.
///
/// @param user whose mail it is
/// @param mailbox where it goes when that mailbox exists; else INBOX
/// @param from the sender for Return-Path; when empty, that of an mbox `From ` line, if any
/// @param recipient the address it was sent to, for Delivered-To and against loops; empty: the MTA sees to both
public record LdaRequest(String user, Optional<String> mailbox, Optional<SmtpPath> from, Optional<SmtpPath> recipient) {
    public static LdaRequest to(String user) {
        return new LdaRequest(user, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
