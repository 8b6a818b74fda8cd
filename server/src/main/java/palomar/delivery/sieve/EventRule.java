package palomar.delivery.sieve;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import palomar.delivery.MessageEvents.Cause;
import palomar.mail.MailboxName;

/// Scripts of the operator for what IMAP clients do with messages. Immutable.
///
/// @param mailbox where the messages are then; `*`: anywhere
/// @param from where they were copied from; `*`: anywhere, also for other causes
/// @param causes any of these
/// @param before files or folders of scripts that run before the user's
/// @param after and behind it
public record EventRule(String mailbox, String from, Set<Cause> causes, List<Path> before, List<Path> after) {
    private static final String ANY = "*";

    boolean fits(Cause cause, MailboxName in, String source) {
        return causes.contains(cause)
                && (mailbox.equals(ANY) || names(mailbox, in.value()))
                && (from.equals(ANY) || !source.isEmpty() && names(from, source));
    }

    private static boolean names(String wanted, String name) {
        return name.equals(wanted) || wanted.equalsIgnoreCase("INBOX") && name.equalsIgnoreCase("INBOX");
    }
}
