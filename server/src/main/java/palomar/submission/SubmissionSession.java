package palomar.submission;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.auth.UserRecord;
import palomar.bytes.ByteInput;
import palomar.bytes.ByteOutput;
import palomar.delivery.Trace;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.net.ClientGone;
import palomar.net.Connection;
import palomar.net.KeyedPermits;
import palomar.net.ReadInterrupted;
import palomar.net.TlsContext;
import palomar.smtp.client.Extensions;
import palomar.smtp.client.RelayTrouble;
import palomar.smtp.proto.DataReader;
import palomar.smtp.proto.SmtpCommand;
import palomar.smtp.proto.SmtpReader;
import palomar.smtp.proto.SmtpReply;

/// One Submission connection from greeting to close. Everything here runs on its one virtual thread. RFC 6409
final class SubmissionSession {
    /// RFC 4954 4: room for a long initial response.
    private static final int LINE_BYTES = 12_288;

    private static final int MOST_ERRORS_BEFORE_LOGIN = 5;
    private static final int MOST_ERRORS = 20;

    /// All the time until login is this many times what a client may be silent.
    private static final int LOGIN_TIMEOUTS = 3;

    private final SubmissionService service;
    private final SubmissionSettings settings;
    private final Connection connection;
    private final ByteInput in;
    private final ByteOutput out;
    private final SmtpReader reader;
    private final long began;
    private Event event;
    private String client = "";
    private boolean extended;
    private boolean open = true;
    private int errors;
    private int failedLogins;
    private int messages;
    private Extensions announced = Extensions.NONE;
    private @Nullable Sender sender;
    private @Nullable Transaction transaction;

    /// Who has logged in.
    private record Sender(UserRecord user, SenderRights rights, KeyedPermits.Permit permit) {}

    SubmissionSession(SubmissionService service, SubmissionSettings settings, Connection connection, Event event) {
        this.service = service;
        this.settings = settings;
        this.connection = connection;
        this.event = event;
        this.in = connection.in();
        this.out = connection.out();
        this.reader = SmtpReader.submission(in, LINE_BYTES);
        this.began = service.clock().millis();
    }

    void run() {
        try {
            event.debug("submission.connect", "connected", "peer", connection.peer());
            say(SmtpReply.of(220, "", settings.host() + " ESMTP Palomar ready"));
            connection.flushBeforeWaiting(true);
            while (open && awaitInput()) {
                connection.readDeadline(sender == null ? settings.beforeLogin() : settings.idle());
                answer(reader.next());
            }
            out.flush();
        } catch (ReadInterrupted stop) {
            sayLast(stop.why());
        } catch (EOFException gone) {
            event.debug("submission.client-gone", String.valueOf(gone.getMessage()));
        } catch (IOException e) {
            throw new ClientGone(ClientGone.Reason.RESET, String.valueOf(e.getMessage()));
        } finally {
            reset();
            leave();
            event.debug("submission.end", "disconnected", "messages", messages);
        }
    }

    private boolean awaitInput() {
        if (in.buffered() > 0) {
            return true;
        }
        Duration patience = sender == null ? strangersPatience() : settings.idle();
        if (!patience.isPositive()) {
            throw new ReadInterrupted(ReadInterrupted.Why.TIMEOUT);
        }
        return connection.awaitInput(patience);
    }

    /// Before login a client may be silent for a while, and may not keep the connection by saying NOOP for ever.
    private Duration strangersPatience() {
        Duration silent = settings.beforeLogin();
        Duration left =
                silent.multipliedBy(LOGIN_TIMEOUTS).minusMillis(service.clock().millis() - began);
        return left.compareTo(silent) < 0 ? left : silent;
    }

    private void say(SmtpReply reply) throws IOException {
        reply.writeTo(out);
    }

    private void sayLast(ReadInterrupted.Why why) {
        String host = settings.host();
        SmtpReply reply = switch (why) {
            case SHUTDOWN -> SmtpReply.of(421, "4.3.2", host + " is shutting down");
            case KICKED -> SmtpReply.of(421, "4.3.2", host + " closes this connection by the operator's wish");
            case TIMEOUT -> SmtpReply.of(421, "4.4.2", host + " waited too long for you");
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
            case SmtpCommand.Auth auth -> auth(auth);
            case SmtpCommand.Mail mail -> mail(mail);
            case SmtpCommand.Rcpt rcpt -> rcpt(rcpt);
            case SmtpCommand.Data() -> data();
            case SmtpCommand.Bdat bdat -> bdat(bdat);
            case SmtpCommand.Burl _, SmtpCommand.Xclient _ -> wrong(Replies.NOT_OFFERED);
            case SmtpCommand.Rset() -> {
                reset();
                say(Replies.OK);
            }
            case SmtpCommand.Noop() -> say(Replies.OK);
            case SmtpCommand.Vrfy(String who) -> verify(who);
            case SmtpCommand.Help() -> say(SmtpReply.of(214, "2.0.0", "RFC 6409 tells it all"));
            case SmtpCommand.StartTls() -> startTls();
            case SmtpCommand.Quit() -> {
                say(SmtpReply.of(221, "2.0.0", settings.host() + " closes the connection"));
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
        event.debug("submission.error", "the client was refused", "reply", reply);
        errors++;
        boolean enough = errors >= (sender == null ? MOST_ERRORS_BEFORE_LOGIN : MOST_ERRORS);
        say(enough ? Replies.TOO_MANY_ERRORS : reply);
        open = !enough;
    }

    private void reset() {
        Transaction under = transaction;
        transaction = null;
        if (under != null) {
            under.close();
        }
    }

    private void leave() {
        Sender inside = sender;
        sender = null;
        if (inside != null) {
            inside.permit().close();
        }
    }

    private SubmissionLogin login() {
        return new SubmissionLogin(service, settings, connection, reader, event);
    }

    private void hello(SmtpCommand.Hello hello) throws IOException {
        if (hello.verb() == SmtpCommand.Hello.Verb.LHLO) {
            wrong(Replies.NOT_LMTP);
            return;
        }
        reset();
        client = hello.client();
        extended = hello.verb() == SmtpCommand.Hello.Verb.EHLO;
        if (!extended) {
            announced = Extensions.NONE;
            say(SmtpReply.of(250, "", settings.host()));
            return;
        }
        announced = service.way().extensions();
        boolean tls = !connection.secured() && service.tls().isPresent();
        say(new SmtpReply(250, "", Announcement.lines(settings, announced, tls, login().mechanisms())));
    }

    private void auth(SmtpCommand.Auth auth) throws IOException {
        if (client.isEmpty()) {
            wrong(Replies.EHLO_FIRST);
        } else if (sender != null) {
            wrong(Replies.ALREADY_IN);
        } else {
            connection.state("login");
            entered(login().run(auth));
            connection.state("");
        }
    }

    private void entered(SubmissionLogin.Outcome outcome) throws IOException {
        switch (outcome) {
            case SubmissionLogin.Outcome.Entered(UserRecord user, KeyedPermits.Permit permit) -> {
                sender = new Sender(user, new SenderRights(user, settings), permit);
                event = event.with("user", user.name());
                connection.user(user.name());
                event.info("submission.login", "logged in", "peer", connection.peer());
                say(SmtpReply.of(235, "2.7.0", "logged in"));
            }
            case SubmissionLogin.Outcome.Rejected(SmtpReply reply) -> {
                failedLogins++;
                open = failedLogins < settings.mostLoginFailures();
                say(open ? reply : SmtpReply.of(421, "4.7.0", "too many failed logins"));
            }
            case SubmissionLogin.Outcome.Postponed(SmtpReply reply) -> wrong(reply);
        }
    }

    private void mail(SmtpCommand.Mail mail) throws IOException {
        Sender inside = sender;
        if (client.isEmpty()) {
            wrong(Replies.EHLO_FIRST);
        } else if (inside == null) {
            wrong(Replies.LOG_IN_FIRST);
        } else if (transaction != null) {
            wrong(Replies.NESTED_MAIL);
        } else {
            Optional<SmtpReply> refusal = MailCheck.refusal(mail, settings, inside.rights());
            say(
                    refusal.isPresent()
                            ? refused(mail, refusal.get())
                            : begin(mail, inside.user().name()));
        }
    }

    private SmtpReply refused(SmtpCommand.Mail mail, SmtpReply reply) {
        event.info("submission.sender-refused", "MAIL was refused", "from", mail.sender(), "reply", reply);
        return reply;
    }

    private SmtpReply begin(SmtpCommand.Mail mail, String user) throws IOException {
        Optional<KeyedPermits.Permit> permit = service.underWay().take(user);
        if (permit.isEmpty()) {
            event.info("submission.limit", "too many messages at once", "from", mail.sender());
            return Replies.MANY_AT_ONCE;
        }
        if (!service.limits().take(user + " messages", settings.messagesPerHour())) {
            permit.get().close();
            event.warn("submission.limit", "too many messages within an hour", "from", mail.sender());
            return Replies.MESSAGES_SPENT;
        }
        boolean begun = false;
        try {
            SmtpReply reply = begin(mail, user, permit.get());
            begun = transaction != null;
            messages += begun ? 1 : 0;
            return reply;
        } catch (RelayTrouble away) {
            event.warn("submission.relay", "the relay can't be used", "cause", away.reply());
            return Replies.away(away.reply());
        } catch (MailException full) {
            event.warn("submission.staging", full.getMessage(), "reason", full.kind());
            return Replies.NO_ROOM;
        } finally {
            if (!begun) {
                permit.get().close();
                service.limits().giveBack(user + " messages", 1);
            }
        }
    }

    private SmtpReply begin(SmtpCommand.Mail mail, String user, KeyedPermits.Permit permit) throws IOException {
        String id = connection.id() + "-" + (messages + 1);
        Passage passage = service.way().begin();
        boolean stays = false;
        try {
            Extensions relay = passage.extensions();
            Optional<String> missing = MailCheck.missing(mail, relay);
            if (missing.isPresent()) {
                return Replies.noExtension(missing.get(), announced.has(missing.get()));
            }
            Transaction made = new Transaction(mail, passage, id, user, permit, service.limits(), settings, event);
            SmtpReply reply = made.open(MailCheck.parameters(mail, relay));
            stays = !reply.refuses();
            if (stays) {
                transaction = made;
            } else {
                refused(mail, reply);
            }
            return reply;
        } finally {
            if (!stays) {
                passage.close();
            }
        }
    }

    private void rcpt(SmtpCommand.Rcpt rcpt) throws IOException {
        Transaction under = transaction;
        if (under == null) {
            noTransaction();
        } else if (under.begun().isPresent()) {
            wrong(Replies.BDAT_BEGUN);
        } else if (rcpt.recipient().needsUtf8() && !under.mail().utf8()) {
            say(Replies.NEEDS_UTF8);
        } else if (!rcpt.dsn().equals(SmtpCommand.RcptDsn.NONE)
                && !under.extensions().has("DSN")) {
            say(Replies.noExtension("DSN", announced.has("DSN")));
        } else {
            Optional<SmtpReply> unfit = Transaction.unfit(rcpt);
            say(unfit.isPresent() ? unfit.get() : under.recipient(rcpt));
        }
    }

    /// What is said behind a MAIL that was refused is no fault of a client that pipelines, and not counted.
    private void noTransaction() throws IOException {
        if (sender == null) {
            wrong(client.isEmpty() ? Replies.EHLO_FIRST : Replies.LOG_IN_FIRST);
        } else {
            say(Replies.MAIL_FIRST);
        }
    }

    private void data() throws IOException {
        Transaction under = transaction;
        if (under == null) {
            noTransaction();
        } else if (under.recipients() == 0) {
            say(Replies.NO_RECIPIENT);
        } else if (under.begun().isPresent()) {
            wrong(Replies.BDAT_BEGUN);
        } else if (under.mail().body() == SmtpCommand.Body.BINARY) {
            wrong(Replies.BINARY_NEEDS_BDAT);
        } else {
            data(under);
        }
    }

    private void data(Transaction under) throws IOException {
        connection.state("DATA");
        try {
            SmtpReply ready = under.ready(false);
            if (ready.refuses()) {
                say(ready);
                return;
            }
            say(Replies.GO_AHEAD);
            out.flush();
            connection.readDeadline(settings.idle());
            MessageSink content = under.content(added(under));
            open = DataReader.copy(in, content);
            if (open) {
                say(under.finish(content));
            }
        } catch (MessageSink.TooMuch tooMuch) {
            say(Replies.TOO_BIG);
            open = false;
        } finally {
            reset();
            connection.state("");
        }
    }

    private HeaderRepair.Added added(Transaction under) {
        ZonedDateTime now = ZonedDateTime.now(service.clock());
        String protocol =
                (under.mail().utf8() ? "UTF8SMTP" : "ESMTP") + (connection.tls().isPresent() ? "SA" : "A");
        Trace trace = new Trace(client, connection.peer(), protocol, under.id(), under.onlyRecipient());
        return new HeaderRepair.Added(
                trace.field(settings.host(), now),
                Trace.date(now),
                "<" + service.freshId() + "@" + settings.host() + ">");
    }

    /// RFC 3030 2: the bytes follow whatever we answer, so they are taken in any case.
    private void bdat(SmtpCommand.Bdat bdat) throws IOException {
        Transaction under = transaction;
        long before = under == null ? 0 : under.begun().map(MessageSink::size).orElse(0L);
        if (bdat.size() > settings.mostBytes() + MessageSink.MOST_WASTE - before) {
            say(Replies.TOO_BIG);
            open = false;
            return;
        }
        connection.readDeadline(sender == null ? settings.beforeLogin() : settings.idle());
        if (under == null || under.recipients() == 0) {
            if (in.transferTo(OutputStream.nullOutputStream(), bdat.size()) < bdat.size()) {
                open = false;
            } else if (under == null) {
                noTransaction();
            } else {
                say(Replies.NO_RECIPIENT);
            }
            return;
        }
        connection.state("BDAT");
        chunk(under, bdat);
        connection.state("");
    }

    private void chunk(Transaction under, SmtpCommand.Bdat bdat) throws IOException {
        MessageSink content = under.begun().orElse(null);
        if (content == null) {
            SmtpReply ready = under.ready(under.mail().body() == SmtpCommand.Body.BINARY);
            if (ready.refuses()) {
                open = in.transferTo(OutputStream.nullOutputStream(), bdat.size()) == bdat.size();
                say(ready);
                reset();
                return;
            }
            content = under.content(added(under));
        }
        open = in.transferTo(content, bdat.size()) == bdat.size();
        if (!open) {
            return;
        }
        if (bdat.last() || content.wrong().isPresent()) {
            say(under.finish(content));
            reset();
        } else {
            say(SmtpReply.of(250, "2.0.0", bdat.size() + " bytes OK"));
        }
    }

    private void verify(String who) throws IOException {
        if (sender == null) {
            wrong(Replies.LOG_IN_FIRST);
        } else {
            say(settings.verifies() ? MailCheck.verify(service.door(), settings, who) : Replies.NOT_VERIFIED);
        }
    }

    private void startTls() throws IOException {
        Optional<TlsContext> context = service.tls();
        if (context.isEmpty()) {
            wrong(SmtpReply.of(502, "5.5.1", "TLS is not available"));
        } else if (connection.secured()) {
            wrong(SmtpReply.of(503, "5.5.1", "TLS is active already"));
        } else if (sender != null) {
            wrong(Replies.ALREADY_IN);
        } else {
            // What came in plain behind this command is not to be believed; the connection drops it too.
            in.discardBuffered();
            say(SmtpReply.of(220, "2.0.0", "go ahead with TLS"));
            out.flush();
            connection.startTls(context.get());
            // What was said in plain counts no more: RFC 3207 4.2
            reset();
            client = "";
            announced = Extensions.NONE;
        }
    }
}
