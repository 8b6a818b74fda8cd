package palomar.pop3;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteOutput;
import palomar.event.Event;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.net.Cidr;
import palomar.net.ClientGone;
import palomar.net.Connection;
import palomar.net.KeyedPermits;
import palomar.net.ReadInterrupted;
import palomar.net.TlsContext;
import palomar.pop3.proto.MessageSender;
import palomar.pop3.proto.Pop3Command;
import palomar.pop3.proto.Pop3Reader;
import palomar.storage.MessageCursor;

/// One POP3 connection from greeting to close. Everything here runs on its one virtual thread. RFC 1939
final class Pop3Session {
    /// Malformed lines after which the other side is no mail client.
    private static final int MOST_BAD = 20;

    /// A client has this many times the login timeout until it must have logged in.
    private static final int LOGIN_TIMEOUTS = 3;

    private static final String NO_MESSAGE = "-ERR there is no such message";

    private final Pop3Service service;
    private final Pop3Settings settings;
    private final Connection connection;
    private final ByteOutput out;
    private final Pop3Reader reader;
    private final Event event;
    private final Pop3Login login;
    private final Pop3Replies replies;
    private final long began;
    private @Nullable Maildrop maildrop;
    private KeyedPermits.@Nullable Permit permit;
    private Optional<String> user = Optional.empty();
    private boolean open = true;
    private boolean utf8;
    private int bad;
    private int failedLogins;

    Pop3Session(Pop3Service service, Pop3Settings settings, Connection connection, Event event) {
        this.service = service;
        this.settings = settings;
        this.connection = connection;
        this.out = connection.out();
        this.replies = new Pop3Replies(out);
        this.began = service.clock().millis();
        this.reader = new Pop3Reader(connection.in());
        this.event = event;
        this.login = new Pop3Login(service, settings, connection, reader, event);
    }

    void run() {
        try {
            connection.flushBeforeWaiting(true);
            // A proxy of Dovecot's sends XCLIENT when it sees the word.
            say(trusted() ? "+OK [XCLIENT] Palomar ready" : "+OK Palomar ready");
            while (open && connection.awaitInput(patience())) {
                answer(reader.next());
            }
            out.flush();
        } catch (ReadInterrupted woken) {
            sayLast(woken.why());
        } catch (ClientGone | EOFException gone) {
            event.debug("pop3.client-gone", String.valueOf(gone.getMessage()));
        } catch (IOException e) {
            event.error("pop3.session-failed", "the session was given up", e);
        } finally {
            end();
        }
    }

    private void end() {
        Maildrop held = maildrop;
        maildrop = null;
        if (held != null) {
            held.close();
        }
        if (permit != null) {
            permit.close();
        }
    }

    private void say(String line) throws IOException {
        replies.say(line);
    }

    /// A line of a longer reply.
    private void line(String text) throws IOException {
        out.ascii(text);
        out.crlf();
    }

    /// Trusted to say who the client is?
    private boolean trusted() {
        return connection.isUnix() || Cidr.anyContains(settings.xclient(), connection.peer());
    }

    /// Before login a client may be silent for a while, and may not keep the connection by saying NOOP for ever.
    private Duration patience() {
        if (maildrop != null) {
            return settings.idle();
        }
        Duration silent = settings.beforeLogin();
        Duration left =
                silent.multipliedBy(LOGIN_TIMEOUTS).minusMillis(service.clock().millis() - began);
        if (!left.isPositive()) {
            throw new ReadInterrupted(ReadInterrupted.Why.TIMEOUT);
        }
        return left.compareTo(silent) < 0 ? left : silent;
    }

    private void sayLast(ReadInterrupted.Why why) {
        try {
            say(
                    switch (why) {
                        case SHUTDOWN -> "-ERR [SYS/TEMP] the server is stopping";
                        case KICKED -> "-ERR the session was ended by the operator";
                        case TIMEOUT -> "-ERR nothing was said for too long";
                    });
            out.flush();
        } catch (ClientGone | IOException gone) {
            event.debug("pop3.client-gone", "left before the goodbye");
        }
    }

    private void answer(Pop3Command command) throws IOException {
        event.debug("pop3.command", command.getClass().getSimpleName());
        switch (command) {
            case Pop3Command.EndOfInput() -> open = false;
            case Pop3Command.Hopeless() -> {
                say("-ERR the line is too long");
                open = false;
            }
            case Pop3Command.Malformed(String why) -> wrong(why);
            case Pop3Command.Capa() -> capa();
            case Pop3Command.Quit() -> quit();
            case Pop3Command.User(String name) -> user(name);
            case Pop3Command.Pass(byte[] password) -> pass(password);
            case Pop3Command.Auth auth -> auth(auth);
            case Pop3Command.Stls() -> stls();
            case Pop3Command.Utf8() -> utf8();
            case Pop3Command.Lang(Optional<String> range) -> language(range);
            case Pop3Command.Xclient(Map<String, String> attributes) -> xclient(attributes);
            case Pop3Command.Noop _,
                    Pop3Command.Stat _,
                    Pop3Command.Rset _,
                    Pop3Command.List _,
                    Pop3Command.Uidl _,
                    Pop3Command.Retr _,
                    Pop3Command.Dele _,
                    Pop3Command.Top _ -> {
                Maildrop drop = maildrop;
                if (drop == null) {
                    wrong("log in first");
                } else {
                    transaction(drop, command);
                }
            }
        }
    }

    private void wrong(String why) throws IOException {
        bad++;
        say("-ERR " + why);
        open = bad < MOST_BAD;
    }

    private void capa() throws IOException {
        List<String> lines = new ArrayList<>(List.of("TOP", "UIDL", "PIPELINING", "RESP-CODES", "AUTH-RESP-CODE"));
        lines.add("EXPIRE " + settings.expireDays().map(String::valueOf).orElse("NEVER"));
        if (settings.loginDelay().isPositive()) {
            lines.add("LOGIN-DELAY " + Math.max(1, settings.loginDelay().toSeconds()));
        }
        lines.add("UTF8 USER");
        lines.add("LANG");
        if (maildrop == null) {
            List<String> names = login.mechanisms();
            if (login.plaintext()) {
                lines.add("USER");
            }
            if (!names.isEmpty()) {
                lines.add("SASL " + String.join(" ", names));
            }
            if (!connection.secured() && service.tls().isPresent()) {
                lines.add("STLS");
            }
        }
        lines.add("IMPLEMENTATION Palomar");
        say("+OK capabilities follow");
        for (String line : lines) {
            line(line);
        }
        line(".");
    }

    private void user(String name) throws IOException {
        if (maildrop != null) {
            wrong("you are logged in already");
        } else if (!login.plaintext()) {
            say("-ERR passwords are taken under TLS only: use STLS");
        } else {
            // Whether there is such a user is not for strangers to know.
            user = Optional.of(name);
            say("+OK");
        }
    }

    private void pass(byte[] password) throws IOException {
        if (maildrop != null) {
            wrong("you are logged in already");
        } else if (user.isEmpty()) {
            wrong("USER comes before PASS");
        } else {
            String name = user.get();
            user = Optional.empty();
            entered(login.password(name, password));
        }
    }

    private void auth(Pop3Command.Auth command) throws IOException {
        if (maildrop != null) {
            wrong("you are logged in already");
        } else if (command.mechanism().isEmpty()) {
            // Before RFC 5034 clients asked in this way.
            say("+OK mechanisms follow");
            for (String name : login.mechanisms()) {
                line(name);
            }
            line(".");
        } else {
            entered(login.authenticate(command));
        }
    }

    private void entered(Pop3Login.Outcome outcome) throws IOException {
        switch (outcome) {
            case Pop3Login.Outcome.Entered(Maildrop drop, KeyedPermits.Permit held) -> {
                maildrop = drop;
                permit = held;
                connection.user(drop.user());
                event.info("pop3.login", "logged in", "user", drop.user(), "peer", login.client());
                say("+OK " + drop.count() + " messages");
            }
            case Pop3Login.Outcome.Rejected(String reply) -> {
                failedLogins++;
                say(reply);
                open = failedLogins < settings.mostLoginFailures();
            }
            case Pop3Login.Outcome.Postponed(String reply) -> say(reply);
        }
    }

    /// RFC 2595 4
    private void stls() throws IOException {
        Optional<TlsContext> context = service.tls();
        if (maildrop != null) {
            wrong("STLS comes before login");
        } else if (connection.secured()) {
            wrong("TLS is active already");
        } else if (context.isEmpty()) {
            say("-ERR TLS is not available");
        } else {
            say("+OK begin TLS");
            out.flush();
            // Nothing counts that someone on the line may have put in. RFC 2595 4
            user = Optional.empty();
            utf8 = false;
            replies.reset();
            login.client(connection.peer());
            connection.startTls(context.get());
        }
    }

    /// RFC 6856 2.1
    private void utf8() throws IOException {
        if (maildrop != null) {
            wrong("UTF8 comes before login");
        } else {
            utf8 = true;
            replies.utf8();
            say("+OK UTF-8 from here on");
        }
    }

    /// RFC 6856 3
    private void language(Optional<String> range) throws IOException {
        if (range.isEmpty()) {
            say("+OK languages follow");
            for (Pop3Language each : Pop3Language.values()) {
                line(each.tag() + " " + each.ownName());
            }
            line(".");
            return;
        }
        Optional<Pop3Language> chosen = Pop3Language.choose(range.get(), settings.language());
        if (chosen.isEmpty()) {
            say("-ERR there is no such language");
            return;
        }
        replies.language(chosen.get());
        replies.say(
                "+OK " + chosen.get().tag(),
                switch (chosen.get()) {
                    case ENGLISH -> "the language is English";
                    case GERMAN -> "the language is German";
                });
    }

    private void xclient(Map<String, String> attributes) throws IOException {
        if (!trusted()) {
            wrong("XCLIENT is not for you");
        } else if (maildrop != null) {
            wrong("XCLIENT comes before login");
        } else {
            Optional<SocketAddress> client = Pop3Proxy.client(login.client(), attributes);
            if (client.isEmpty()) {
                wrong("no such address");
                return;
            }
            login.client(client.get());
            event.info("pop3.xclient", "speaks for another client", "client", client.get(), "attributes", attributes);
            say("+OK updated");
        }
    }

    private void quit() throws IOException {
        open = false;
        Maildrop drop = maildrop;
        if (drop == null) {
            say("+OK goodbye");
            return;
        }
        try {
            int gone = drop.update();
            event.info("pop3.logout", "logged out", "user", drop.user(), "deleted", gone);
            say("+OK " + gone + " messages deleted, goodbye");
        } catch (MailException refused) {
            event.warn("pop3.update-failed", refused.getMessage(), "user", drop.user());
            say("-ERR [SYS/TEMP] some messages were not deleted: " + refused.getMessage());
        } catch (UncheckedIOException broken) {
            event.error("pop3.update-failed", "messages could not be deleted", broken);
            say("-ERR [SYS/TEMP] some messages were not deleted: the store has failed");
        }
    }

    private void transaction(Maildrop drop, Pop3Command command) throws IOException {
        try {
            switch (command) {
                case Pop3Command.Stat() -> say("+OK " + drop.count() + " " + drop.bytes());
                case Pop3Command.Rset() -> {
                    drop.restore();
                    say("+OK " + drop.count() + " messages");
                }
                case Pop3Command.List(Optional<Integer> number) -> list(drop, number);
                case Pop3Command.Uidl(Optional<Integer> number) -> uidl(drop, number);
                case Pop3Command.Retr(int number) -> retrieve(drop, number, Long.MAX_VALUE);
                case Pop3Command.Top(int number, long lines) -> retrieve(drop, number, lines);
                case Pop3Command.Dele(int number) -> {
                    if (drop.has(number)) {
                        drop.delete(number);
                        say("+OK marked to be deleted");
                    } else {
                        say(NO_MESSAGE);
                    }
                }
                default -> say("+OK");
            }
        } catch (MailException refused) {
            event.info("pop3.refused", refused.getMessage(), "kind", refused.kind());
            String code = refused.kind() == MailError.CANNOT ? "-ERR [UTF8] " : "-ERR ";
            say(code + refused.getMessage());
        }
    }

    private void list(Maildrop drop, Optional<Integer> number) throws IOException {
        if (number.isPresent()) {
            say(drop.has(number.get()) ? "+OK " + number.get() + " " + drop.bytes(number.get()) : NO_MESSAGE);
            return;
        }
        say("+OK " + drop.count() + " messages (" + drop.bytes() + " octets)");
        for (int i = 1; i <= drop.size(); i++) {
            if (drop.has(i)) {
                out.number(i);
                out.write(' ');
                out.number(drop.bytes(i));
                out.crlf();
            }
        }
        line(".");
    }

    private void uidl(Maildrop drop, Optional<Integer> number) throws IOException {
        try (MessageCursor row = drop.cursor()) {
            if (number.isPresent()) {
                say(drop.has(number.get()) ? "+OK " + number.get() + " " + drop.uidl(number.get(), row) : NO_MESSAGE);
                return;
            }
            say("+OK unique ids follow");
            for (int i = 1; i <= drop.size(); i++) {
                if (drop.has(i)) {
                    out.number(i);
                    out.write(' ');
                    out.ascii(drop.uidl(i, row));
                    out.crlf();
                }
            }
            line(".");
        }
    }

    private void retrieve(Maildrop drop, int number, long lines) throws IOException {
        if (!drop.has(number)) {
            say(NO_MESSAGE);
            return;
        }
        try (MessageCursor row = drop.cursor()) {
            if (!row.seek(drop.uid(number))) {
                say(NO_MESSAGE);
                return;
            }
            boolean asItIs = utf8 || settings.rawHeaders();
            Outgoing message = asItIs ? Outgoing.whole(row) : Outgoing.ascii(row);
            say(lines == Long.MAX_VALUE ? "+OK " + message.bytes() + " octets" : "+OK the top follows");
            MessageSender sender = new MessageSender(out, lines);
            try {
                message.send(sender);
            } catch (MailException | UncheckedIOException broken) {
                // Half a message can't be taken back; the client must not take it for a whole one.
                event.error("pop3.broken-message", "a message could not be read while it was sent", broken);
                throw new ClientGone(ClientGone.Reason.RESET, "the message could not be read");
            }
            sender.finish();
            if (lines == Long.MAX_VALUE) {
                drop.read(number);
            }
        }
    }
}
