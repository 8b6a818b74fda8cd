package palomar.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import palomar.auth.AuthResult;
import palomar.auth.SaslLogin;
import palomar.auth.SaslOffer;
import palomar.auth.UserRecord;
import palomar.imap.proto.AuthLine;
import palomar.imap.proto.Command;
import palomar.imap.proto.ResponseCode;
import palomar.net.Connection;
import palomar.net.KeyedPermits;
import palomar.storage.QuotaLimits;
import palomar.storage.UserMail;
import palomar.user.UserQuota;

/// LOGIN and AUTHENTICATE. RFC 9051 6.2.2, 6.2.3, initial response: RFC 4959, codes: RFC 5530
final class LoginHandler {
    private static final Reply CANCELLED = Reply.bad("authentication was cancelled");
    private static final Reply NEEDS_TLS =
            Reply.no(ResponseCode.Plain.PRIVACYREQUIRED, "passwords are taken under TLS only: use STARTTLS");

    private final ImapService service;
    private final Dialogue dialogue;

    LoginHandler(ImapService service, Dialogue dialogue) {
        this.service = service;
        this.dialogue = dialogue;
    }

    /// What became of an attempt.
    sealed interface Outcome {
        /// The user's mail is open.
        record Entered(UserMail mail, KeyedPermits.Permit permit, Referrals referrals) implements Outcome {}

        /// A wrong password or the like; counted.
        record Rejected(Reply reply) implements Outcome {}

        /// Not the client's fault, or no attempt at all.
        record Postponed(Reply reply) implements Outcome {}
    }

    List<String> capabilities() {
        boolean startTls = !dialogue.connection().secured() && service.tls().isPresent();
        SaslOffer offer = offer();
        return Capabilities.forStrangers(dialogue.settings().policy(), startTls, offer.names(), offer.plaintext());
    }

    private SaslOffer offer() {
        Connection connection = dialogue.connection();
        ImapSettings settings = dialogue.settings();
        return new SaslOffer(
                service.door(), connection, connection.protocol(), settings.mechanisms(), settings.plaintext());
    }

    Outcome login(Command.Login command) throws IOException {
        SaslOffer offer = offer();
        if (!offer.plaintext()) {
            return new Outcome.Postponed(NEEDS_TLS);
        }
        byte[] password = command.password().getBytes(StandardCharsets.UTF_8);
        try {
            return finish(offer.password(command.user(), password), "LOGIN");
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    Outcome authenticate(Command.Authenticate command) throws IOException {
        return switch (offer().begin(command.mechanism(), false)) {
            case SaslOffer.Begun.Unknown _ ->
                new Outcome.Postponed(Reply.no("there is no mechanism " + command.mechanism()));
            case SaslOffer.Begun.NeedsTls _ -> new Outcome.Postponed(NEEDS_TLS);
            case SaslOffer.Begun.Ready(SaslLogin login) -> exchange(login, command);
        };
    }

    private Outcome exchange(SaslLogin login, Command.Authenticate command) throws IOException {
        SaslLogin.Turn turn = command.initialResponse().isPresent()
                ? login.answer(command.initialResponse().get())
                : login.start();
        while (turn instanceof SaslLogin.Ask(String base64)) {
            dialogue.out().challenge(base64);
            dialogue.out().flush();
            switch (dialogue.reader().readAuthLine()) {
                case AuthLine.Response(byte[] bytes) -> turn = login.answer(bytes);
                case AuthLine.Cancelled() -> turn = new SaslLogin.Cancelled();
                case AuthLine.Malformed(String why) -> turn = new SaslLogin.Malformed(why);
            }
        }
        return finish(turn, login.mechanism());
    }

    private Outcome finish(SaslLogin.Turn turn, String mechanism) {
        return switch (turn) {
            case SaslLogin.Finished finished -> finished(finished, mechanism);
            case SaslLogin.Malformed(String why) -> new Outcome.Rejected(Reply.bad(why));
            case SaslLogin.Cancelled() -> new Outcome.Postponed(CANCELLED);
            case SaslLogin.Ask _ -> throw new IllegalStateException(mechanism + " asks where it should end");
        };
    }

    private Outcome finished(SaslLogin.Finished finished, String mechanism) {
        String login = finished.authcid();
        return switch (finished.result()) {
            case AuthResult.Success success -> enter(success.user());
            case AuthResult.Denied(String reason) -> {
                // The authenticator has said so at info, with the address.
                dialogue.events().debug("imap.login-failed", reason, "login", login, "mechanism", mechanism);
                yield new Outcome.Rejected(
                        Reply.no(ResponseCode.Plain.AUTHENTICATIONFAILED, "wrong user name or password"));
            }
            case AuthResult.Refused(String text) ->
                new Outcome.Rejected(Reply.no(ResponseCode.Plain.AUTHORIZATIONFAILED, text));
            case AuthResult.Unavailable(String reason) -> {
                dialogue.events().warn("imap.login-unavailable", reason, "login", login);
                yield new Outcome.Postponed(
                        Reply.no(ResponseCode.Plain.UNAVAILABLE, "logging in is not possible just now"));
            }
        };
    }

    private Outcome enter(UserRecord record) {
        String user = record.name();
        Optional<String> home = Referrals.home(record);
        if (home.isPresent()) {
            // RFC 2221 6: only now that the password was right.
            dialogue.events().info("imap.referral", "sent to another server", "login", user, "url", home.get());
            return new Outcome.Postponed(
                    Reply.no(new ResponseCode.Referral(List.of(home.get())), "your mail is on another server"));
        }
        Optional<KeyedPermits.Permit> permit = service.perUser().take(user);
        if (permit.isEmpty()) {
            return new Outcome.Postponed(
                    Reply.no(ResponseCode.Plain.LIMIT, "too many sessions of this user; close some and try again"));
        }
        boolean entered = false;
        try {
            UserMail mail = service.storage().open(user);
            QuotaLimits usual = dialogue.settings().account().quota().usual();
            mail.quota().configured(UserQuota.of(record, usual, dialogue.events()));
            new StandingMailboxes(mail, dialogue.events())
                    .provide(dialogue.settings().account().mailboxes());
            entered = true;
            return new Outcome.Entered(mail, permit.get(), Referrals.of(record));
        } finally {
            if (!entered) {
                permit.get().close();
            }
        }
    }
}
