package palomar.imap;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import palomar.imap.proto.IdField;
import palomar.imap.proto.Limits;
import palomar.sasl.Mechanisms;

/// What an operator may set for IMAP.
///
/// @param greeting what stands behind the capabilities in the first line
/// @param plaintext may passwords be sent without TLS, from elsewhere than loopback?
/// @param mechanisms that AUTHENTICATE offers
/// @param beforeLogin how long a stranger may wait before he says something
/// @param betweenCommands how long a user may say nothing; at least 30 minutes, RFC 9051 5.4
/// @param idle how long an IDLE may last; clients renew it every 29 minutes, RFC 9051 6.3.13
/// @param mostLoginFailures wrong passwords in one connection, then it ends
/// @param mostSessionsPerUser at once, of one user
/// @param strangers limits of what is read before login
/// @param users and after it
/// @param id the answer to ID, RFC 2971
/// @param messages limits of messages in one command
/// @param account of users' accounts
/// @param convert conversions of parts, RFC 5259
/// @param policy what not every operator wants
public record ImapSettings(
        String greeting,
        boolean plaintext,
        Mechanisms mechanisms,
        Duration beforeLogin,
        Duration betweenCommands,
        Duration idle,
        int mostLoginFailures,
        int mostSessionsPerUser,
        Limits strangers,
        Limits users,
        List<IdField> id,
        MessageLimits messages,
        ConvertSettings convert,
        ClientPolicy policy,
        AccountSettings account) {
    public ImapSettings {
        id = List.copyOf(id);
        users = users.withAnnotation(account.largestAnnotation());
        if (policy.literalMinus()) {
            strangers = strangers.withLiteralMinus();
            users = users.withLiteralMinus();
        }
        if (policy.workarounds().contains(Workaround.LATIN1_SEARCH)) {
            users = users.withLatin1();
        }
        if (mostLoginFailures < 1 || mostSessionsPerUser < 1) {
            throw new IllegalArgumentException("nobody could log in");
        }
    }

    public static final ImapSettings DEFAULTS = new ImapSettings(
            "Palomar ready",
            false,
            Mechanisms.STANDARD,
            Duration.ofSeconds(60),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            5,
            100,
            Limits.BEFORE_LOGIN,
            Limits.AFTER_LOGIN,
            List.of(new IdField("name", java.util.Optional.of("Palomar"))),
            MessageLimits.NONE,
            ConvertSettings.USUAL,
            ClientPolicy.STRICT,
            AccountSettings.DEFAULTS);

    public ImapSettings withPlaintext(boolean allowed) {
        return changed(draft -> draft.plaintext = allowed);
    }

    public ImapSettings withMechanisms(Mechanisms offered) {
        return changed(draft -> draft.mechanisms = offered);
    }

    /// The same with another limit for one appended message, in bytes.
    public ImapSettings withLargestMessage(long bytes) {
        return changed(draft -> draft.users = users.withMessage(bytes));
    }

    /// The same with another limit of sessions at once of one user.
    public ImapSettings withSessionsPerUser(int most) {
        return changed(draft -> draft.mostSessionsPerUser = most);
    }

    /// The same with other times: before login, between commands, in IDLE.
    public ImapSettings withPatience(Duration stranger, Duration user, Duration idling) {
        return changed(draft -> {
            draft.beforeLogin = stranger;
            draft.betweenCommands = user;
            draft.idle = idling;
        });
    }

    /// The same with other limits of messages in one command.
    public ImapSettings withMessageLimits(MessageLimits limits) {
        return changed(draft -> draft.messages = limits);
    }

    public ImapSettings withConvert(ConvertSettings changed) {
        return changed(draft -> draft.convert = changed);
    }

    public ImapSettings withPolicy(ClientPolicy changed) {
        return changed(draft -> draft.policy = changed);
    }

    public ImapSettings withAccount(AccountSettings rules) {
        return changed(draft -> draft.account = rules);
    }

    private ImapSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new ImapSettings(
                greeting,
                draft.plaintext,
                draft.mechanisms,
                draft.beforeLogin,
                draft.betweenCommands,
                draft.idle,
                mostLoginFailures,
                draft.mostSessionsPerUser,
                strangers,
                draft.users,
                id,
                draft.messages,
                draft.convert,
                draft.policy,
                draft.account);
    }

    /// What becomes other settings.
    private static final class Draft {
        private Mechanisms mechanisms;
        private boolean plaintext;
        private Duration beforeLogin;
        private Duration betweenCommands;
        private Duration idle;
        private int mostSessionsPerUser;
        private Limits users;
        private MessageLimits messages;
        private ConvertSettings convert;
        private ClientPolicy policy;
        private AccountSettings account;

        Draft(ImapSettings from) {
            mechanisms = from.mechanisms;
            plaintext = from.plaintext;
            beforeLogin = from.beforeLogin;
            betweenCommands = from.betweenCommands;
            idle = from.idle;
            mostSessionsPerUser = from.mostSessionsPerUser;
            users = from.users;
            messages = from.messages;
            convert = from.convert;
            policy = from.policy;
            account = from.account;
        }
    }
}
