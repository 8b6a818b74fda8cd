package palomar.delivery;

import palomar.mail.MailException;
import palomar.mail.MailboxName;

/// What became of a message for one recipient.
public sealed interface Outcome {

    /// On disk.
    record Stored(MailboxName mailbox, long uidValidity, long uid) implements Outcome {}

    /// A script has sent it elsewhere, or thrown it away: no copy is here.
    record Handled() implements Outcome {}

    /// A script refuses it, with words of its own. RFC 5429
    record Rejected(String reason) implements Outcome {}

    /// Not stored; the kind says whether trying again makes sense.
    record Refused(MailException why) implements Outcome {}

    /// Not stored: it has been delivered to this address before, or has passed too many hosts. RFC 5321 6.3
    record Looping() implements Outcome {}
}
