package palomar.lmtp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteInput;
import palomar.bytes.ByteOutput;
import palomar.delivery.Deliveries;
import palomar.delivery.Incoming;
import palomar.delivery.Outcome;
import palomar.delivery.Receipt;
import palomar.delivery.Recipient;
import palomar.delivery.Trace;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.net.Cidr;
import palomar.net.ClientGone;
import palomar.net.Connection;
import palomar.net.ReadInterrupted;
import palomar.net.TlsContexts;
import palomar.sieve.Envelope;
import palomar.smtp.proto.DataReader;
import palomar.smtp.proto.SmtpCommand;
import palomar.smtp.proto.SmtpPath;
import palomar.smtp.proto.SmtpReader;
import palomar.smtp.proto.SmtpReply;

/// One LMTP connection from greeting to close. Everything here runs on its one virtual thread. RFC 2033
final class LmtpSession {
    private static final int LINE_BYTES = 2048;
    private static final int MOST_ERRORS = 20;

    /// A chunk that goes this far beyond the largest message is not worth reading to its end.
    private static final long MOST_WASTE = 64L * 1024 * 1024;

    private final Connection connection;
    private final Deliveries deliveries;
    private final Optional<TlsContexts> tls;
    private final LmtpSettings settings;
    private final Event event;
    private final ByteInput in;
    private final ByteOutput out;
    private final SmtpReader reader;
    private LmtpClient client;
    private boolean greeted;
    private boolean nameIsFixed;
    private boolean open = true;
    private int errors;
    private int messages;
    private final List<Receipt> receipts = new ArrayList<>();
    private @Nullable LmtpTransaction transaction;

    LmtpSession(
            Connection connection,
            Deliveries deliveries,
            Optional<TlsContexts> tls,
            LmtpSettings settings,
            Event event) {
        this.connection = connection;
        this.deliveries = deliveries;
        this.tls = tls;
        this.settings = settings;
        this.event = event;
        this.in = connection.in();
        this.out = connection.out();
        this.reader = new SmtpReader(in, LINE_BYTES);
        this.client = new LmtpClient("", connection.peer(), Optional.empty());
    }

    void run() {
        try {
            event.debug("lmtp.connect", "connected", "peer", connection.peer());
            connection.readDeadline(settings.timeout());
            greet();
            while (open) {
                if (in.buffered() == 0) {
                    out.flush();
                }
                if (!connection.awaitInput(settings.timeout())) {
                    break;
                }
                SmtpCommand next = reader.next();
                // Whoever goes on, or ends in order, has read what we said.
                settle(true);
                answer(next);
            }
            out.flush();
            settle(true);
        } catch (ReadInterrupted stop) {
            sayLast(stop.why());
        } catch (IOException e) {
            throw new ClientGone(ClientGone.Reason.RESET, String.valueOf(e.getMessage()));
        } finally {
            settle(false);
            reset();
            event.debug("lmtp.end", "disconnected", "messages", messages);
        }
    }

    private void settle(boolean reached) {
        List<Receipt> now = List.copyOf(receipts);
        receipts.clear();
        now.forEach(receipt -> receipt.answered(reached));
    }

    private void greet() throws IOException {
        say(SmtpReply.of(220, "", host() + " LMTP Palomar ready"));
    }

    private String host() {
        return deliveries.settings().host();
    }

    private void say(SmtpReply reply) throws IOException {
        reply.writeTo(out);
    }

    private void sayLast(ReadInterrupted.Why why) {
        SmtpReply reply = switch (why) {
            case SHUTDOWN -> SmtpReply.of(421, "4.3.2", host() + " is shutting down");
            case KICKED -> SmtpReply.of(421, "4.3.2", host() + " closes this connection by the operator's wish");
            case TIMEOUT -> SmtpReply.of(421, "4.4.2", host() + " waited too long for you");
        };
        try {
            say(reply);
            out.flush();
        } catch (IOException e) {
            throw new ClientGone(ClientGone.Reason.RESET, String.valueOf(e.getMessage()));
        }
    }

    private void answer(SmtpCommand command) throws IOException {
        switch (command) {
            case SmtpCommand.Hello hello -> hello(hello);
            case SmtpCommand.Mail mail -> mail(mail);
            case SmtpCommand.Rcpt rcpt -> rcpt(rcpt);
            case SmtpCommand.Data() -> data();
            case SmtpCommand.Bdat bdat -> bdat(bdat);
            case SmtpCommand.Rset() -> {
                reset();
                say(LmtpReplies.OK);
            }
            case SmtpCommand.Noop() -> say(LmtpReplies.OK);
            case SmtpCommand.Vrfy _ -> say(SmtpReply.of(252, "2.3.3", "try RCPT TO"));
            case SmtpCommand.Help() -> say(SmtpReply.of(214, "2.0.0", "RFC 2033 tells it all"));
            case SmtpCommand.StartTls() -> startTls();
            case SmtpCommand.Xclient xclient -> xclient(xclient);
            case SmtpCommand.Auth _, SmtpCommand.Burl _ -> wrong(LmtpReplies.NOT_SUBMISSION);
            case SmtpCommand.Quit() -> {
                say(SmtpReply.of(221, "2.0.0", host() + " closes the connection"));
                open = false;
            }
            case SmtpCommand.Malformed(SmtpReply reply, boolean hopeless) -> {
                wrong(reply);
                open &= !hopeless;
            }
            case SmtpCommand.EndOfInput() -> open = false;
        }
    }

    /// The client broke the protocol: answered, counted, and at last thrown out.
    private void wrong(SmtpReply reply) throws IOException {
        event.debug("lmtp.error", "the client was refused", "reply", reply);
        errors++;
        say(errors < MOST_ERRORS ? reply : LmtpReplies.TOO_MANY_ERRORS);
        open = errors < MOST_ERRORS;
    }

    private void reset() {
        LmtpTransaction under = transaction;
        transaction = null;
        if (under != null) {
            under.close();
        }
    }

    private void hello(SmtpCommand.Hello hello) throws IOException {
        if (hello.verb() != SmtpCommand.Hello.Verb.LHLO) {
            wrong(LmtpReplies.NOT_SMTP);
            return;
        }
        reset();
        greeted = true;
        if (!nameIsFixed) {
            client = client.named(hello.client());
        }
        List<String> lines = new ArrayList<>(List.of(
                host(),
                "PIPELINING",
                "SIZE " + deliveries.settings().mostBytes(),
                "8BITMIME",
                "BINARYMIME",
                "CHUNKING",
                "SMTPUTF8",
                "ENHANCEDSTATUSCODES"));
        if (tls.isPresent() && !connection.secured()) {
            lines.add("STARTTLS");
        }
        if (trusted()) {
            lines.add("XCLIENT ADDR PORT HELO PROTO LOGIN DESTADDR DESTPORT");
        }
        say(new SmtpReply(250, "", lines));
    }

    private boolean trusted() {
        return connection.isUnix() || Cidr.anyContains(settings.xclient(), connection.peer());
    }

    private void mail(SmtpCommand.Mail mail) throws IOException {
        if (!greeted) {
            wrong(LmtpReplies.LHLO_FIRST);
        } else if (transaction != null) {
            wrong(LmtpReplies.NESTED_MAIL);
        } else if (mail.sender().needsUtf8() && !mail.utf8()) {
            say(LmtpReplies.NEEDS_UTF8);
        } else if (mail.size().orElse(0) > deliveries.settings().mostBytes()) {
            say(LmtpReplies.TOO_BIG);
        } else {
            messages++;
            transaction = new LmtpTransaction(mail, connection.id() + "-" + messages);
            say(SmtpReply.of(250, "2.1.0", mail.sender() + " OK"));
        }
    }

    private void rcpt(SmtpCommand.Rcpt rcpt) throws IOException {
        LmtpTransaction under = transaction;
        SmtpPath path = rcpt.recipient();
        if (under == null) {
            wrong(LmtpReplies.MAIL_FIRST);
        } else if (under.chunks().isPresent()) {
            wrong(LmtpReplies.BDAT_BEGUN);
        } else if (under.recipients().size() >= settings.mostRecipients()) {
            say(LmtpReplies.TOO_MANY_RECIPIENTS);
        } else if (path.needsUtf8() && !under.mail().utf8()) {
            say(LmtpReplies.NEEDS_UTF8);
        } else {
            say(found(under, rcpt));
        }
    }

    private SmtpReply found(LmtpTransaction under, SmtpCommand.Rcpt rcpt) {
        SmtpPath path = rcpt.recipient();
        try {
            Optional<Recipient> known = deliveries.find("lmtp", path);
            if (known.isEmpty()) {
                event.info(
                        "lmtp.unknown",
                        "no such user",
                        "to",
                        path,
                        "from",
                        under.mail().sender());
                return LmtpReplies.unknown(path);
            }
            if (!rcpt.dsn().equals(SmtpCommand.RcptDsn.NONE)) {
                event.debug("lmtp.dsn", "asked for reports", "to", path, "dsn", rcpt.dsn());
            }
            under.recipients().add(known.get().sentTo(rcpt.dsn().original()).withDsn(dsn(under.mail(), rcpt)));
            return SmtpReply.of(250, "2.1.5", path + " OK");
        } catch (MailException refused) {
            event.warn("lmtp.lookup", refused.getMessage(), "to", path, "reason", refused.kind());
            return LmtpReplies.refused(path + " ", refused, settings.fullIsTemporary());
        }
    }

    /// For scripts. RFC 6009 4
    private static Envelope.Dsn dsn(SmtpCommand.Mail mail, SmtpCommand.Rcpt rcpt) {
        List<String> moments = rcpt.dsn().notifyOn();
        return new Envelope.Dsn(
                moments.isEmpty() ? Optional.empty() : Optional.of(String.join(",", moments)),
                rcpt.dsn().original(),
                mail.dsn().ret(),
                mail.dsn().envelopeId());
    }

    private void data() throws IOException {
        LmtpTransaction under = transaction;
        if (under == null) {
            wrong(greeted ? LmtpReplies.MAIL_FIRST : LmtpReplies.LHLO_FIRST);
        } else if (under.recipients().isEmpty()) {
            say(LmtpReplies.NO_RECIPIENT); // no fault of a client that pipelines: RFC 2920 3.1
        } else if (under.chunks().isPresent()) {
            wrong(LmtpReplies.BDAT_BEGUN);
        } else if (under.mail().body() == SmtpCommand.Body.BINARY) {
            wrong(LmtpReplies.BINARY_NEEDS_BDAT);
        } else {
            connection.state("DATA");
            say(LmtpReplies.GO_AHEAD);
            out.flush();
            connection.readDeadline(settings.timeout());
            try (Incoming message = receive(under)) {
                open = DataReader.copy(in, message);
                if (open) {
                    deliver(under, message);
                }
            } finally {
                reset();
                connection.state("");
            }
        }
    }

    private Incoming receive(LmtpTransaction under) {
        String protocol =
                (under.mail().utf8() ? "UTF8LMTP" : "LMTP") + (connection.tls().isPresent() ? "S" : "");
        return deliveries
                .receive(new Trace(client.name(), client.address(), protocol, under.id(), under.onlyRecipient()))
                .refusable();
    }

    /// RFC 3030 2, RFC 2033 4.3: the bytes follow whatever we answer, so they are taken in any case.
    private void bdat(SmtpCommand.Bdat bdat) throws IOException {
        LmtpTransaction under = transaction;
        long most = deliveries.settings().mostBytes() + MOST_WASTE;
        if (bdat.size() > most) {
            say(LmtpReplies.TOO_BIG);
            open = false;
            return;
        }
        if (in.buffered() < bdat.size()) {
            out.flush();
        }
        connection.readDeadline(settings.timeout());
        if (under == null || under.recipients().isEmpty()) {
            if (in.transferTo(OutputStream.nullOutputStream(), bdat.size()) < bdat.size()) {
                open = false;
            } else if (under == null) {
                wrong(greeted ? LmtpReplies.MAIL_FIRST : LmtpReplies.LHLO_FIRST);
            } else if (bdat.last()) {
                reset(); // no recipient, no answer
            } else {
                say(LmtpReplies.NO_RECIPIENT);
            }
            return;
        }
        Incoming message = under.chunks().orElse(null);
        if (message == null) {
            message = receive(under);
            under.chunks(message);
        }
        connection.state("BDAT");
        chunk(under, message, bdat);
        connection.state("");
    }

    private void chunk(LmtpTransaction under, Incoming message, SmtpCommand.Bdat bdat) throws IOException {
        if (message.size() > deliveries.settings().mostBytes() + MOST_WASTE) {
            say(LmtpReplies.TOO_BIG);
            open = false;
            return;
        }
        open = in.transferTo(message, bdat.size()) == bdat.size();
        if (!open) {
            return;
        }
        if (bdat.last()) {
            try {
                deliver(under, message);
            } finally {
                reset();
            }
        } else {
            // The recipients get their answers after the last chunk; this one stops a sensible client early.
            say(message.wrong()
                    .map(why -> LmtpReplies.refused("", why, settings.fullIsTemporary()))
                    .orElseGet(() -> SmtpReply.of(250, "2.0.0", bdat.size() + " bytes OK")));
        }
    }

    /// Stores, then answers for each recipient in the order of RCPT. RFC 2033 4.2
    private void deliver(LmtpTransaction under, Incoming message) throws IOException {
        List<Recipient> recipients = under.recipients();
        List<Outcome> outcomes;
        try {
            outcomes = deliveries.deliver(message, Optional.of(under.mail().sender()), recipients, event);
        } catch (RuntimeException bug) {
            // Ours to mend. The client gets what lets it try again, and the number under which we find the cause.
            event.error("lmtp.bug", "a delivery failed by an internal error", bug, "id", under.id());
            SmtpReply reply = SmtpReply.of(451, "4.3.0", "internal error, reference " + under.id());
            for (int i = 0; i < recipients.size(); i++) {
                say(reply);
            }
            return;
        }
        for (int i = 0; i < recipients.size(); i++) {
            SmtpPath path = recipients.get(i).address();
            say(LmtpReplies.of(path, outcomes.get(i), under.id(), settings.fullIsTemporary()));
        }
        receipts.addAll(message.receipts());
    }

    private void startTls() throws IOException {
        if (tls.isEmpty()) {
            wrong(SmtpReply.of(502, "5.5.1", "TLS is not configured"));
        } else if (connection.secured()) {
            wrong(SmtpReply.of(503, "5.5.1", "TLS is active already"));
        } else {
            say(SmtpReply.of(220, "2.0.0", "go ahead with TLS"));
            out.flush();
            connection.startTls(tls.get().current());
            // What was said in plain counts no more: RFC 3207 4.2
            reset();
            greeted = false;
            client = new LmtpClient("", client.address(), client.login());
        }
    }

    private void xclient(SmtpCommand.Xclient command) throws IOException {
        if (!trusted()) {
            wrong(SmtpReply.of(550, "5.7.1", "XCLIENT is not for you"));
            return;
        }
        if (transaction != null) {
            wrong(LmtpReplies.NESTED_MAIL);
            return;
        }
        Optional<LmtpClient> introduced = client.introduced(command.attributes());
        if (introduced.isEmpty()) {
            wrong(LmtpReplies.BAD_XCLIENT);
            return;
        }
        client = introduced.get();
        nameIsFixed |= command.attributes().containsKey("HELO");
        greeted = false;
        event.info(
                "lmtp.xclient",
                "speaks for another client",
                "client",
                client.address(),
                "attributes",
                command.attributes());
        greet();
    }
}
