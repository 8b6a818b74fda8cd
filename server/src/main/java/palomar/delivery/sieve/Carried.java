package palomar.delivery.sieve;

import java.util.List;
import java.util.Optional;
import palomar.mail.MailboxName;

/// What became of a result.
///
/// @param errors what could not be done, for the user; then the message is in his default mailbox
/// @param notes what was left undone on purpose, and why; for logs
/// @param copies what was stored, in order; empty too when an earlier try had stored it
/// @param refusal the text with which the message is refused in the protocol
/// @param sent messages that went into the outbox
public record Carried(List<String> errors, List<String> notes, List<Copy> copies, Optional<String> refusal, int sent) {

    public boolean ok() {
        return errors.isEmpty();
    }

    /// A copy of the message itself, on disk.
    public record Copy(MailboxName mailbox, long uidValidity, long uid) {}
}
