package palomar.delivery.sieve;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import palomar.mail.MailboxName;
import palomar.sieve.Settings;
import palomar.storage.UserMail;

/// Whose result it is.
///
/// @param mail where copies go; the caller closes it
/// @param mainAddress his own address, bare, when it is known
/// @param separator of levels in mailbox names as scripts write them
/// @param keepIn the default mailbox; INBOX when it is not there
/// @param autocreate missing mailboxes are made, as by `:create`
/// @param autosubscribe to mailboxes that are made
/// @param lists members of an external list; empty when there is none of that name. RFC 6134
public record Person(
        UserMail mail,
        Optional<String> mainAddress,
        char separator,
        MailboxName keepIn,
        boolean autocreate,
        boolean autosubscribe,
        Settings settings,
        Function<String, Optional<List<String>>> lists) {

    /// With everything as usual, and names as they are in the store.
    public static Person of(UserMail mail, Optional<String> mainAddress, Settings settings) {
        return new Person(
                mail,
                mainAddress,
                MailboxName.SEPARATOR,
                MailboxName.INBOX,
                false,
                false,
                settings,
                list -> Optional.empty());
    }
}
