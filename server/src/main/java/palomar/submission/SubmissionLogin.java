package palomar.submission;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import palomar.auth.AuthResult;
import palomar.auth.SaslLogin;
import palomar.auth.SaslOffer;
import palomar.auth.UserRecord;
import palomar.event.Event;
import palomar.net.Connection;
import palomar.net.KeyedPermits;
import palomar.smtp.proto.SmtpCommand;
import palomar.smtp.proto.SmtpReader;
import palomar.smtp.proto.SmtpReply;

/// AUTH. RFC 4954 4
final class SubmissionLogin {
    /// The name of this protocol for SASL, and for passdbs that let in to some protocols only; Dovecot's too.
    private static final String SERVICE = "submission";

    private final SubmissionService service;
    private final SubmissionSettings settings;
    private final Connection connection;
    private final SmtpReader reader;
    private final Event event;

    SubmissionLogin(
            SubmissionService service,
            SubmissionSettings settings,
            Connection connection,
            SmtpReader reader,
            Event event) {
        this.service = service;
        this.settings = settings;
        this.connection = connection;
        this.reader = reader;
        this.event = event;
    }

    /// What became of an attempt.
    sealed interface Outcome {
        record Entered(UserRecord user, KeyedPermits.Permit permit) implements Outcome {}

        /// Counted: a wrong password or the like.
        record Rejected(SmtpReply reply) implements Outcome {}

        /// Not the client's fault, or no attempt at all.
        record Postponed(SmtpReply reply) implements Outcome {}
    }

    /// The mechanisms to announce.
    List<String> mechanisms() {
        return offer().names();
    }

    private SaslOffer offer() {
        return new SaslOffer(service.door(), connection, SERVICE, settings.mechanisms(), settings.plaintext());
    }

    Outcome run(SmtpCommand.Auth command) throws IOException {
        try {
            return switch (offer().begin(command.mechanism(), false)) {
                case SaslOffer.Begun.Unknown _ ->
                    new Outcome.Postponed(SmtpReply.of(504, "5.5.4", "there is no such mechanism"));
                case SaslOffer.Begun.NeedsTls _ -> new Outcome.Postponed(Replies.NEEDS_TLS);
                case SaslOffer.Begun.Ready(SaslLogin login) -> exchange(login, command.initial());
            };
        } finally {
            command.initial().ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        }
    }

    private Outcome exchange(SaslLogin login, Optional<byte[]> initial) throws IOException {
        SaslLogin.Turn turn = initial.isPresent() ? login.start(initial.get()) : login.start();
        while (turn instanceof SaslLogin.Ask(String base64)) {
            connection.out().ascii("334 " + base64 + "\r\n");
            connection.out().flush();
            turn = answer(login);
        }
        return switch (turn) {
            case SaslLogin.Finished finished -> finished(finished.result());
            case SaslLogin.Malformed(String why) -> new Outcome.Rejected(SmtpReply.of(501, "5.5.2", why));
            case SaslLogin.Cancelled() ->
                new Outcome.Postponed(SmtpReply.of(501, "5.7.0", "authentication was cancelled"));
            case SaslLogin.Ask _ -> throw new IllegalStateException("asked for an answer that was given");
        };
    }

    private SaslLogin.Turn answer(SaslLogin login) throws IOException {
        Optional<byte[]> line = reader.answer();
        if (line.isEmpty()) {
            return new SaslLogin.Malformed("the response is too long, or ended by LF alone");
        }
        try {
            return login.line(line.get());
        } finally {
            Arrays.fill(line.get(), (byte) 0);
        }
    }

    private Outcome finished(AuthResult result) {
        return switch (result) {
            case AuthResult.Success(UserRecord user) -> enter(user);
            // The authenticator has said so at info, with the address.
            case AuthResult.Denied _ -> new Outcome.Rejected(SmtpReply.of(535, "5.7.8", "wrong user name or password"));
            case AuthResult.Refused(String text) -> new Outcome.Rejected(SmtpReply.of(535, "5.7.8", text));
            case AuthResult.Unavailable(String reason) -> {
                event.warn("submission.login-unavailable", reason);
                yield new Outcome.Postponed(SmtpReply.of(454, "4.7.0", "logging in is not possible just now"));
            }
        };
    }

    private Outcome enter(UserRecord user) {
        return service.perUser()
                .take(user.name())
                .<Outcome>map(permit -> new Outcome.Entered(user, permit))
                .orElseGet(() -> new Outcome.Postponed(
                        SmtpReply.of(454, "4.7.0", "too many sessions of this user; close some and try again")));
    }
}
