package palomar.managesieve;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import palomar.auth.AuthResult;
import palomar.auth.SaslLogin;
import palomar.auth.SaslOffer;
import palomar.auth.UserRecord;
import palomar.event.Event;
import palomar.managesieve.proto.AuthLine;
import palomar.managesieve.proto.Command;
import palomar.managesieve.proto.CommandReader;
import palomar.managesieve.proto.ResponseCode;
import palomar.managesieve.proto.ResponseWriter;
import palomar.net.Connection;
import palomar.net.KeyedPermits;
import palomar.scripts.ScriptOwner;

/// AUTHENTICATE. RFC 5804 2.1
final class Login {
    /// The name of this protocol for SASL, and for passdbs that let in to some protocols only; Dovecot's too.
    private static final String SERVICE = "sieve";

    private final ManageSieveService service;
    private final Connection connection;
    private final ManageSieveSettings settings;
    private final CommandReader reader;
    private final ResponseWriter out;
    private final Event event;

    Login(
            ManageSieveService service,
            Connection connection,
            ManageSieveSettings settings,
            CommandReader reader,
            ResponseWriter out,
            Event event) {
        this.service = service;
        this.connection = connection;
        this.settings = settings;
        this.reader = reader;
        this.out = out;
        this.event = event;
    }

    /// What became of an attempt.
    sealed interface Outcome {
        /// @param successData for the good answer, in base64; empty: none
        record Entered(State.User user, Optional<String> successData) implements Outcome {}

        /// A wrong password or the like; counted.
        record Rejected(Reply reply) implements Outcome {}

        /// Not the client's fault, or no attempt at all.
        record Postponed(Reply reply) implements Outcome {}
    }

    /// The mechanisms to announce.
    List<String> mechanisms() {
        return offer().names();
    }

    private SaslOffer offer() {
        return new SaslOffer(service.door(), connection, SERVICE, settings.mechanisms(), settings.plaintext());
    }

    Outcome run(Command.Authenticate command) throws IOException {
        return switch (offer().begin(command.mechanism(), true)) {
            case SaslOffer.Begun.Unknown _ -> new Outcome.Postponed(Reply.no("there is no such mechanism"));
            case SaslOffer.Begun.NeedsTls _ -> {
                wipe(command.initialResponse());
                yield new Outcome.Postponed(Reply.no(
                        ResponseCode.Plain.ENCRYPT_NEEDED, "passwords are taken under TLS only: use STARTTLS"));
            }
            case SaslOffer.Begun.Ready(SaslLogin login) -> exchange(login, command);
        };
    }

    private Outcome exchange(SaslLogin login, Command.Authenticate command) throws IOException {
        SaslLogin.Turn turn = login.start();
        if (command.initialResponse().isPresent()) {
            if (turn instanceof SaslLogin.Ask(String challenge) && !challenge.isEmpty()) {
                wipe(command.initialResponse());
                return new Outcome.Rejected(Reply.no("this mechanism begins with a challenge, not with a response"));
            }
            turn = answer(login, command.initialResponse().get());
        }
        while (turn instanceof SaslLogin.Ask(String base64)) {
            out.challenge(base64);
            out.flush();
            switch (reader.readAuthLine()) {
                case AuthLine.Response(byte[] response) -> turn = answer(login, response);
                case AuthLine.Cancelled() -> turn = new SaslLogin.Cancelled();
                case AuthLine.Malformed(String why) -> turn = new SaslLogin.Malformed(why);
            }
        }
        return switch (turn) {
            case SaslLogin.Finished finished -> finished(finished);
            case SaslLogin.Malformed(String why) -> new Outcome.Rejected(Reply.no(why));
            case SaslLogin.Cancelled() -> new Outcome.Postponed(Reply.no("authentication was cancelled"));
            case SaslLogin.Ask _ -> throw new IllegalStateException("asked for an answer that was given");
        };
    }

    private static SaslLogin.Turn answer(SaslLogin login, byte[] base64) {
        try {
            return login.line(base64);
        } finally {
            Arrays.fill(base64, (byte) 0);
        }
    }

    private static void wipe(Optional<byte[]> base64) {
        base64.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
    }

    private Outcome finished(SaslLogin.Finished finished) {
        return switch (finished.result()) {
            case AuthResult.Success(UserRecord user) -> enter(user, finished.successData());
            // The authenticator has said so at info, with the address.
            case AuthResult.Denied _ -> new Outcome.Rejected(Reply.no("wrong user name or password"));
            case AuthResult.Refused(String text) -> new Outcome.Rejected(Reply.no(text));
            case AuthResult.Unavailable(String reason) -> {
                event.warn("managesieve.login-unavailable", reason);
                yield new Outcome.Postponed(
                        Reply.no(ResponseCode.Plain.TRYLATER, "logging in is not possible just now"));
            }
        };
    }

    private Outcome enter(UserRecord record, Optional<String> successData) {
        String user = record.name();
        Optional<String> elsewhere = Referral.of(record);
        if (elsewhere.isPresent()) {
            event.info("managesieve.referral", "sent to another server", "login", user, "url", elsewhere.get());
            return new Outcome.Postponed(
                    Reply.bye(new ResponseCode.Referral(elsewhere.get()), "your scripts are on another server"));
        }
        Optional<KeyedPermits.Permit> permit = service.perUser().take(user);
        if (permit.isEmpty()) {
            return new Outcome.Postponed(
                    Reply.no(ResponseCode.Plain.TRYLATER, "too many sessions of this user; close some and try again"));
        }
        boolean entered = false;
        try {
            ScriptOwner owner = new ScriptOwner(user, record.field("home"));
            State.User inside = new State.User(owner, service.scripts().open(owner), permit.get());
            entered = true;
            return new Outcome.Entered(inside, successData);
        } finally {
            if (!entered) {
                permit.get().close();
            }
        }
    }
}
