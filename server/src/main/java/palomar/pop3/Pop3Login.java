package palomar.pop3;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import palomar.auth.AuthResult;
import palomar.auth.SaslLogin;
import palomar.auth.SaslOffer;
import palomar.auth.UserRecord;
import palomar.bytes.ByteOutput;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.net.Connection;
import palomar.net.KeyedPermits;
import palomar.pop3.proto.Pop3Command;
import palomar.pop3.proto.Pop3Reader;
import palomar.storage.UserMail;
import palomar.user.UserQuota;

/// USER with PASS, and AUTH. RFC 1939 7, RFC 5034; codes: RFC 2449 8.1, RFC 3206
final class Pop3Login {
    private final Pop3Service service;
    private final Pop3Settings settings;
    private final Connection connection;
    private final Pop3Reader reader;
    private final Event event;
    private SocketAddress client;

    Pop3Login(Pop3Service service, Pop3Settings settings, Connection connection, Pop3Reader reader, Event event) {
        this.service = service;
        this.settings = settings;
        this.connection = connection;
        this.reader = reader;
        this.event = event;
        this.client = connection.peer();
    }

    /// Who wants in, when a trusted proxy has said.
    void client(SocketAddress real) {
        client = real;
    }

    SocketAddress client() {
        return client;
    }

    /// What became of an attempt.
    sealed interface Outcome {
        record Entered(Maildrop maildrop, KeyedPermits.Permit permit) implements Outcome {}

        /// Counted: a wrong password or the like.
        record Rejected(String reply) implements Outcome {}

        /// Not the client's fault, or no attempt at all.
        record Postponed(String reply) implements Outcome {}
    }

    /// May a password cross this line?
    boolean plaintext() {
        return offer().plaintext();
    }

    /// The mechanisms to announce.
    List<String> mechanisms() {
        return offer().names();
    }

    private SaslOffer offer() {
        return new SaslOffer(
                        service.door(), connection, connection.protocol(), settings.mechanisms(), settings.plaintext())
                .speaksFor(client);
    }

    Outcome password(String user, byte[] password) {
        try {
            return finish(offer().password(user, password), "USER");
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    Outcome authenticate(Pop3Command.Auth command) throws IOException {
        return switch (offer().begin(command.mechanism(), false)) {
            case SaslOffer.Begun.Unknown _ -> new Outcome.Postponed("-ERR there is no such mechanism");
            case SaslOffer.Begun.NeedsTls _ ->
                new Outcome.Postponed("-ERR passwords are taken under TLS only: use STLS");
            case SaslOffer.Begun.Ready(SaslLogin login) -> exchange(login, command);
        };
    }

    private Outcome exchange(SaslLogin login, Pop3Command.Auth command) throws IOException {
        SaslLogin.Turn turn =
                command.initial().isPresent() ? login.answer(command.initial().get()) : login.start();
        while (turn instanceof SaslLogin.Ask(String base64)) {
            ByteOutput out = connection.out();
            out.ascii("+ " + base64 + "\r\n");
            out.flush();
            Optional<byte[]> response = reader.response();
            if (response.isEmpty()) {
                return new Outcome.Postponed("-ERR authentication was cancelled");
            }
            turn = login.answer(response.get());
        }
        return finish(turn, login.mechanism());
    }

    private Outcome finish(SaslLogin.Turn turn, String mechanism) {
        return switch (turn) {
            case SaslLogin.Finished finished -> finished(finished, mechanism);
            case SaslLogin.Malformed(String text) -> new Outcome.Rejected("-ERR " + text);
            case SaslLogin.Cancelled() -> new Outcome.Postponed("-ERR authentication was cancelled");
            case SaslLogin.Ask _ -> throw new IllegalStateException(mechanism + " asks where it should end");
        };
    }

    private Outcome finished(SaslLogin.Finished finished, String mechanism) {
        return switch (finished.result()) {
            case AuthResult.Success success -> enter(success.user());
            case AuthResult.Denied(String reason) -> {
                event.debug("pop3.login-failed", reason, "login", finished.authcid(), "mechanism", mechanism);
                yield new Outcome.Rejected("-ERR [AUTH] wrong user name or password");
            }
            case AuthResult.Refused(String text) -> new Outcome.Rejected("-ERR [AUTH] " + text);
            case AuthResult.Unavailable(String reason) -> {
                event.warn("pop3.login-unavailable", reason, "login", finished.authcid());
                yield new Outcome.Postponed("-ERR [SYS/TEMP] logging in is not possible just now");
            }
        };
    }

    private Outcome enter(UserRecord record) {
        String user = record.name();
        Optional<KeyedPermits.Permit> permit = service.perUser().take(user);
        if (permit.isEmpty()) {
            return new Outcome.Postponed("-ERR [IN-USE] the maildrop is in use by another session");
        }
        boolean entered = false;
        boolean inTime = service.delay().admits(user, settings.loginDelay());
        try {
            if (!inTime) {
                return new Outcome.Postponed("-ERR [LOGIN-DELAY] too soon after the last login, try again later");
            }
            UserMail mail = service.storage().open(user);
            try {
                mail.quota().configured(UserQuota.of(record, settings.quota(), event));
                Maildrop maildrop = new Maildrop(mail, settings);
                entered = true;
                return new Outcome.Entered(maildrop, permit.get());
            } finally {
                if (!entered) {
                    mail.close();
                }
            }
        } catch (MailException away) {
            event.warn("pop3.maildrop-unavailable", away.getMessage(), "login", user);
            return new Outcome.Postponed("-ERR [SYS/TEMP] the maildrop is not available just now");
        } finally {
            if (!entered && inTime) {
                service.delay().forget(user);
            }
            if (!entered) {
                permit.get().close();
            }
        }
    }
}
