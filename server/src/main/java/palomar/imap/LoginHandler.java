package palomar.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import palomar.auth.AuthResult;
import palomar.auth.ClientAddress;
import palomar.auth.UserRecord;
import palomar.imap.proto.AuthLine;
import palomar.imap.proto.Command;
import palomar.imap.proto.ResponseCode;
import palomar.net.Connection;
import palomar.net.KeyedPermits;
import palomar.sasl.Mechanism;
import palomar.sasl.Mechanisms;
import palomar.sasl.Step;
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
        boolean plaintext = plaintext();
        return Capabilities.forStrangers(
                dialogue.settings().policy(),
                startTls,
                dialogue.settings().mechanisms().names(plaintext),
                plaintext);
    }

    /// May a password cross this line?
    private boolean plaintext() {
        Connection connection = dialogue.connection();
        return dialogue.settings().plaintext() || connection.secured() || connection.isLoopback();
    }

    Outcome login(Command.Login command) throws IOException {
        if (!plaintext()) {
            return new Outcome.Postponed(NEEDS_TLS);
        }
        // As PLAIN would carry it, so that names are prepared and bounded in one way.
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(0);
        message.writeBytes(command.user().getBytes(StandardCharsets.UTF_8));
        message.write(0);
        message.writeBytes(command.password().getBytes(StandardCharsets.UTF_8));
        byte[] response = message.toByteArray();
        Mechanism plain = Mechanisms.STANDARD.begin("PLAIN").orElseThrow();
        try {
            return finish(plain.answer(response), "LOGIN");
        } finally {
            Arrays.fill(response, (byte) 0);
        }
    }

    Outcome authenticate(Command.Authenticate command) throws IOException {
        Mechanisms offered = dialogue.settings().mechanisms();
        Optional<Mechanism> begun = offered.begin(command.mechanism());
        if (begun.isEmpty()) {
            return new Outcome.Postponed(Reply.no("there is no mechanism " + command.mechanism()));
        }
        Mechanism mechanism = begun.get();
        if (offered.plaintext(mechanism.name()) && !plaintext()) {
            return new Outcome.Postponed(NEEDS_TLS);
        }
        Step step = command.initialResponse().isPresent()
                ? answer(mechanism, command.initialResponse().get())
                : mechanism.start();
        while (step instanceof Step.Challenge(byte[] data)) {
            dialogue.out().challenge(data);
            dialogue.out().flush();
            switch (dialogue.reader().readAuthLine()) {
                case AuthLine.Response(byte[] bytes) -> step = answer(mechanism, bytes);
                case AuthLine.Cancelled() -> {
                    return new Outcome.Postponed(CANCELLED);
                }
                case AuthLine.Malformed(String why) -> {
                    return new Outcome.Rejected(Reply.bad(why));
                }
            }
        }
        return finish(step, mechanism.name());
    }

    private static Step answer(Mechanism mechanism, byte[] response) {
        try {
            return mechanism.answer(response);
        } finally {
            Arrays.fill(response, (byte) 0);
        }
    }

    private Outcome finish(Step step, String mechanism) {
        return switch (step) {
            case Step.PasswordGiven given -> check(given, mechanism);
            case Step.Failed(String text) -> new Outcome.Rejected(Reply.bad(text));
            case Step.Challenge _ -> throw new IllegalStateException(mechanism + " asks where it should end");
        };
    }

    private Outcome check(Step.PasswordGiven given, String mechanism) {
        Connection connection = dialogue.connection();
        ClientAddress client = new ClientAddress(
                connection.protocol(),
                connection.peer(),
                connection.secured() || connection.isLoopback(),
                connection.id());
        AuthResult result;
        try {
            result = service.door().authenticate(client.request(given.authcid(), given.authzid(), given.password()));
        } finally {
            Arrays.fill(given.password(), (byte) 0);
        }
        return switch (result) {
            case AuthResult.Success success -> enter(success.user());
            case AuthResult.Denied(String reason) -> {
                // The authenticator has said so at info, with the address.
                dialogue.events().debug("imap.login-failed", reason, "login", given.authcid(), "mechanism", mechanism);
                yield new Outcome.Rejected(
                        Reply.no(ResponseCode.Plain.AUTHENTICATIONFAILED, "wrong user name or password"));
            }
            case AuthResult.Refused(String text) ->
                new Outcome.Rejected(Reply.no(ResponseCode.Plain.AUTHORIZATIONFAILED, text));
            case AuthResult.Unavailable(String reason) -> {
                dialogue.events().warn("imap.login-unavailable", reason, "login", given.authcid());
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
