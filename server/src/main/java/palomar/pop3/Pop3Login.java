package palomar.pop3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import palomar.auth.AuthResult;
import palomar.auth.ClientAddress;
import palomar.auth.UserRecord;
import palomar.bytes.ByteOutput;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.net.Connection;
import palomar.net.KeyedPermits;
import palomar.pop3.proto.Pop3Command;
import palomar.pop3.proto.Pop3Reader;
import palomar.sasl.Mechanism;
import palomar.sasl.Mechanisms;
import palomar.sasl.Step;
import palomar.storage.UserMail;
import palomar.user.UserQuota;

/// USER with PASS, and AUTH. RFC 1939 7, RFC 5034; codes: RFC 2449 8.1, RFC 3206
final class Pop3Login {
    private final Pop3Service service;
    private final Pop3Settings settings;
    private final Connection connection;
    private final Pop3Reader reader;
    private final Event event;

    Pop3Login(Pop3Service service, Pop3Settings settings, Connection connection, Pop3Reader reader, Event event) {
        this.service = service;
        this.settings = settings;
        this.connection = connection;
        this.reader = reader;
        this.event = event;
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
        return settings.plaintext() || connection.secured() || connection.isLoopback();
    }

    Outcome password(String user, byte[] password) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(0);
        message.writeBytes(user.getBytes(StandardCharsets.UTF_8));
        message.write(0);
        message.writeBytes(password);
        byte[] response = message.toByteArray();
        try {
            return finish(Mechanisms.STANDARD.begin("PLAIN").orElseThrow().answer(response), "USER");
        } finally {
            Arrays.fill(response, (byte) 0);
            Arrays.fill(password, (byte) 0);
        }
    }

    Outcome authenticate(Pop3Command.Auth command) throws IOException {
        Optional<Mechanism> begun = settings.mechanisms().begin(command.mechanism());
        if (begun.isEmpty()) {
            return new Outcome.Postponed("-ERR there is no such mechanism");
        }
        Mechanism mechanism = begun.get();
        if (settings.mechanisms().plaintext(mechanism.name()) && !plaintext()) {
            return new Outcome.Postponed("-ERR passwords are taken under TLS only: use STLS");
        }
        Step step = command.initial().isPresent()
                ? answer(mechanism, command.initial().get())
                : mechanism.start();
        while (step instanceof Step.Challenge(byte[] data)) {
            ByteOutput out = connection.out();
            out.ascii("+ " + Base64.getEncoder().encodeToString(data) + "\r\n");
            out.flush();
            Optional<byte[]> response = reader.response();
            if (response.isEmpty()) {
                return new Outcome.Postponed("-ERR authentication was cancelled");
            }
            step = answer(mechanism, response.get());
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
            case Step.Failed(String text) -> new Outcome.Rejected("-ERR " + text);
            case Step.Challenge _ -> throw new IllegalStateException(mechanism + " asks where it should end");
        };
    }

    private Outcome check(Step.PasswordGiven given, String mechanism) {
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
                event.debug("pop3.login-failed", reason, "login", given.authcid(), "mechanism", mechanism);
                yield new Outcome.Rejected("-ERR [AUTH] wrong user name or password");
            }
            case AuthResult.Refused(String text) -> new Outcome.Rejected("-ERR [AUTH] " + text);
            case AuthResult.Unavailable(String reason) -> {
                event.warn("pop3.login-unavailable", reason, "login", given.authcid());
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
        try {
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
            if (!entered) {
                permit.get().close();
            }
        }
    }
}
