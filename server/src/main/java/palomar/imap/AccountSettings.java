package palomar.imap;

import java.util.List;
import java.util.Optional;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.user.QuotaSettings;

/// What an operator may set about users' accounts: annotations, and the mailboxes that everyone has.
///
/// @param largestAnnotation bytes of one value; at least 1024, RFC 5464 4.1
/// @param mostAnnotations of one mailbox, or of a user on the server; at least 10
/// @param comment the server's `/shared/comment`
/// @param admin the server's `/shared/admin`, a URI
/// @param mailboxes looked after at each login
/// @param annotator who may set the other shared annotations of the server, and with whom they are kept
/// @param quota limits of users
public record AccountSettings(
        int largestAnnotation,
        int mostAnnotations,
        Optional<String> comment,
        Optional<String> admin,
        List<StandingMailbox> mailboxes,
        Optional<String> annotator,
        QuotaSettings quota) {
    public static final AccountSettings DEFAULTS = new AccountSettings(
            64 << 10, 1000, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), QuotaSettings.NONE);

    public AccountSettings {
        mailboxes = List.copyOf(mailboxes);
    }

    /// The same with a user who may set the server's shared annotations.
    public AccountSettings withAnnotator(String user) {
        return new AccountSettings(
                largestAnnotation, mostAnnotations, comment, admin, mailboxes, Optional.of(user), quota);
    }

    /// A mailbox that users are to have.
    ///
    /// @param use what it is for
    /// @param create make it when it is missing
    /// @param subscribe and subscribe to it then
    public record StandingMailbox(MailboxName name, Optional<SpecialUse> use, boolean create, boolean subscribe) {}
}
