package palomar.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.smtp.proto.SmtpPath;

/// Delivers one message from an input into a store that this process has open, for `palomar deliver`: in the
/// command itself while no server runs, else in the server, which is handed the message over its control socket.
/// One thread.
public final class Lda {
    private final Deliveries deliveries;
    private final boolean fullIsTemporary;
    private final String id;
    private final Event event;

    /// @param fullIsTemporary over quota means try again later, as in LMTP
    /// @param id stands in the Received field
    public Lda(Deliveries deliveries, boolean fullIsTemporary, String id, Event event) {
        this.deliveries = deliveries;
        this.fullIsTemporary = fullIsTemporary;
        this.id = id;
        this.event = event;
    }

    /// Reads the message to its end and stores it.
    ///
    /// @param complain takes a line for the person or MTA that called, when it does not end well
    public LdaExit deliver(LdaRequest request, InputStream in, Consumer<String> complain) throws IOException {
        Optional<Recipient> recipient;
        try {
            recipient = deliveries.findUser(
                    "lda", request.user(), request.recipient().orElse(SmtpPath.NULL), request.mailbox());
        } catch (MailException away) {
            complain.accept(away.getMessage());
            return LdaExit.TEMP_FAIL;
        }
        if (recipient.isEmpty()) {
            complain.accept("no such user: " + request.user());
            return LdaExit.NO_USER;
        }
        LocalMessage message = new LocalMessage(in);
        Optional<SmtpPath> sender = message.takeFromLine();
        Trace trace = new Trace("", UnixDomainSocketAddress.of(""), "", id, Optional.empty());
        try (Incoming incoming = deliveries.receive(trace)) {
            message.copyTo(incoming);
            Optional<SmtpPath> from = request.from().or(() -> sender);
            Outcome outcome = deliveries
                    .deliver(incoming, from, List.of(recipient.get()), event)
                    .getFirst();
            LdaExit exit = exit(outcome, complain);
            // Our exit code is all that the caller waits for, and nobody can tell whether he gets it.
            incoming.receipts().forEach(receipt -> receipt.answered(true));
            return exit;
        }
    }

    private LdaExit exit(Outcome outcome, Consumer<String> complain) {
        return switch (outcome) {
            case Outcome.Stored _, Outcome.Handled _ -> LdaExit.OK;
            case Outcome.Rejected(String reason) -> {
                complain.accept(reason);
                yield LdaExit.NO_PERMISSION;
            }
            case Outcome.Looping() -> {
                complain.accept(
                        "mail loop: the message was delivered to this address before, or passed too many hosts");
                yield LdaExit.DATA_ERROR;
            }
            case Outcome.Refused(MailException why) -> {
                complain.accept(why.getMessage());
                yield refused(why);
            }
        };
    }

    private LdaExit refused(MailException why) {
        return switch (why.kind()) {
            case UNAVAILABLE, DISK_FULL, IN_USE, CORRUPTION, ALREADY_EXISTS, EXPUNGED -> LdaExit.TEMP_FAIL;
            case OVER_QUOTA -> fullIsTemporary ? LdaExit.TEMP_FAIL : LdaExit.CANT_CREATE;
            case NOT_FOUND -> LdaExit.NO_USER;
            case LIMIT, UNKNOWN_CTE, BAD_CHARSET -> LdaExit.DATA_ERROR;
            case NO_PERMISSION, CANNOT -> LdaExit.CANT_CREATE;
        };
    }
}
