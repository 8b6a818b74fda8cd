package palomar.managesieve;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.managesieve.proto.Command;
import palomar.managesieve.proto.CommandReader;
import palomar.managesieve.proto.ResponseCode;
import palomar.managesieve.proto.ResponseWriter;
import palomar.net.ClientGone;
import palomar.net.Connection;
import palomar.net.ReadInterrupted;
import palomar.net.TlsContext;

/// One ManageSieve connection from greeting to close. Everything here runs on its one virtual thread. RFC 5804
final class ManageSieveSession {
    /// Malformed lines in a row after which the other side is no client of ours.
    private static final int MOST_BAD_BEFORE_LOGIN = 3;

    private static final int MOST_BAD_AFTER_LOGIN = 50;

    /// All the time until login is this many times what a client may be silent.
    private static final int LOGIN_TIMEOUTS = 3;

    private final ManageSieveService service;
    private final Connection connection;
    private final ManageSieveSettings settings;
    private final ScriptCheck check;
    private final CommandReader reader;
    private final ResponseWriter out;
    private final long began;
    private Event event;
    private State state = new State.Stranger();
    private int badInARow;
    private int failedLogins;
    private boolean startsOver;

    ManageSieveSession(ManageSieveService service, Connection connection, ManageSieveService.Rules rules, Event event) {
        this.service = service;
        this.connection = connection;
        this.settings = rules.settings();
        this.check = rules.check();
        this.reader = new CommandReader(connection.in(), settings.strangers());
        this.out = new ResponseWriter(connection.out());
        this.event = event;
        this.began = service.clock().millis();
    }

    /// Until the client goes, or until UNAUTHENTICATE: then true, and a new session goes on with the connection.
    ///
    /// @param greets whether the connection is new
    boolean run(boolean greets) {
        try {
            if (greets) {
                greet();
            }
            connection.flushBeforeWaiting(true);
            while (!(state instanceof State.Ended) && awaitInput()) {
                answer(reader.read());
            }
            out.flush();
        } catch (ReadInterrupted woken) {
            sayBye(woken.why());
        } catch (ClientGone | EOFException gone) {
            event.debug("managesieve.client-gone", String.valueOf(gone.getMessage()));
        } catch (IOException e) {
            event.error("managesieve.session-failed", "the session was given up", e);
        } finally {
            end();
        }
        return startsOver;
    }

    private void greet() throws IOException {
        capabilities();
        out.ok("Palomar ready");
    }

    private void capabilities() throws IOException {
        boolean startTls = state instanceof State.Stranger
                && !connection.secured()
                && service.tls().isPresent();
        Capabilities.write(out, settings, check.abilities(), login().mechanisms(), startTls, state);
    }

    private Login login() {
        return new Login(service, connection, settings, reader, out, event);
    }

    /// Sends what there is and waits, unless further commands are here already. False when the client has closed.
    private boolean awaitInput() throws IOException {
        if (connection.in().buffered() > 0) {
            return true;
        }
        Duration patience = state instanceof State.Stranger ? strangersPatience() : settings.betweenCommands();
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

    private void sayBye(ReadInterrupted.Why why) {
        try {
            switch (why) {
                case SHUTDOWN -> out.bye(ResponseCode.Plain.TRYLATER, "the server is stopping");
                case KICKED -> out.bye("the session was ended by the operator");
                case TIMEOUT -> out.bye("nothing was said for too long");
            }
            out.flush();
        } catch (ClientGone | IOException gone) {
            event.debug("managesieve.client-gone", "left before the goodbye");
        }
    }

    private void answer(Command command) throws IOException {
        event.debug("managesieve.command", command.getClass().getSimpleName());
        Reply reply = reply(command);
        reply.write(out);
        if (reply.status() == Reply.Status.BYE) {
            end();
        }
        countBad(command);
    }

    private void countBad(Command command) throws IOException {
        boolean bad = command instanceof Command.Malformed || command instanceof Command.Unknown;
        badInARow = bad ? badInARow + 1 : 0;
        int most = state instanceof State.User ? MOST_BAD_AFTER_LOGIN : MOST_BAD_BEFORE_LOGIN;
        if (badInARow >= most && !(state instanceof State.Ended)) {
            out.bye("too many errors");
            end();
        }
    }

    private Reply reply(Command command) throws IOException {
        try {
            return dispatch(command);
        } catch (MailException e) {
            event.info("managesieve.refused", e.getMessage(), "kind", e.kind(), "cause", cause(e));
            return Reply.refused(e);
        } catch (ClientGone | EOFException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            String reference = HexFormat.of().withUpperCase().toHexDigits((short)
                    ThreadLocalRandom.current().nextInt());
            event.error("managesieve.internal-error", "a command failed", e, "reference", reference);
            return Reply.no(ResponseCode.Plain.TRYLATER, "internal error, reference " + reference);
        }
    }

    private static String cause(MailException e) {
        return e.getCause() == null ? "none" : String.valueOf(e.getCause());
    }

    private Reply dispatch(Command command) throws IOException {
        return switch (command) {
            case Command.Anytime anytime -> anytime(anytime);
            case Command.ForStrangers stranger ->
                state instanceof State.Stranger ? stranger(stranger) : Reply.no("you are logged in already");
            case Command.ForUsers user ->
                state instanceof State.User inside ? user(inside, user) : Reply.no("log in first: AUTHENTICATE");
        };
    }

    private Reply anytime(Command.Anytime command) throws IOException {
        return switch (command) {
            case Command.Logout _ -> {
                out.ok("goodbye");
                end();
                yield Reply.NONE;
            }
            case Command.Capability _ -> {
                capabilities();
                yield Reply.ok("");
            }
            case Command.Noop(Optional<byte[]> tag) ->
                tag.map(text -> Reply.ok(new ResponseCode.Tag(text), "NOOP done"))
                        .orElse(Reply.ok("NOOP done"));
            case Command.Malformed(String why) -> Reply.no(why);
            case Command.Unknown _ -> Reply.no("there is no such command");
            case Command.Hopeless(String why) -> Reply.bye(why);
        };
    }

    private Reply stranger(Command.ForStrangers command) throws IOException {
        return switch (command) {
            case Command.StartTls _ -> startTls();
            case Command.Authenticate authenticate -> entered(login().run(authenticate));
        };
    }

    /// RFC 5804 2.2
    private Reply startTls() throws IOException {
        Optional<TlsContext> context = service.tls();
        if (connection.secured()) {
            return Reply.no("TLS is active already");
        }
        if (context.isEmpty()) {
            return Reply.no("TLS is not available");
        }
        // What came in plain behind this command is not to be believed; the connection drops it too.
        connection.in().discardBuffered();
        out.ok("begin TLS");
        out.flush();
        connection.startTls(context.get());
        capabilities();
        return Reply.ok("TLS is active");
    }

    private Reply entered(Login.Outcome outcome) {
        return switch (outcome) {
            case Login.Outcome.Entered(State.User user, Optional<String> successData) -> {
                state = user;
                event = event.with("user", user.owner().user());
                connection.user(user.owner().user());
                reader.limits(settings.users());
                event.info("managesieve.login", "logged in", "peer", connection.peer());
                yield successData
                        .map(data -> Reply.ok(new ResponseCode.Sasl(data), "logged in"))
                        .orElse(Reply.ok("logged in"));
            }
            case Login.Outcome.Rejected(Reply reply) -> {
                failedLogins++;
                yield failedLogins >= settings.mostLoginFailures() ? Reply.bye("too many failed logins") : reply;
            }
            case Login.Outcome.Postponed(Reply reply) -> reply;
        };
    }

    private Reply user(State.User user, Command.ForUsers command) throws IOException {
        ScriptDesk desk = new ScriptDesk(user, check, out, event);
        return switch (command) {
            case Command.HaveSpace haveSpace -> desk.haveSpace(haveSpace);
            case Command.PutScript put -> desk.put(put);
            case Command.CheckScript script -> desk.check(script);
            case Command.ListScripts _ -> desk.list();
            case Command.SetActive setActive -> desk.setActive(setActive);
            case Command.GetScript get -> desk.get(get);
            case Command.DeleteScript delete -> desk.delete(delete);
            case Command.RenameScript rename -> desk.rename(rename);
            case Command.TooBig _ -> Reply.no(ResponseCode.Plain.QUOTA_MAXSIZE, "the script is too large");
            case Command.Unauthenticate _ -> unauthenticate();
        };
    }

    /// Ends this session but not the connection. RFC 5804 2.14.1
    private Reply unauthenticate() throws IOException {
        if (!settings.unauthenticate()) {
            return Reply.no("UNAUTHENTICATE is not offered");
        }
        out.ok("now log in as whom you like");
        event.info("managesieve.unauthenticate", "logged out, the connection stays");
        end();
        connection.user("");
        startsOver = true;
        return Reply.NONE;
    }

    private void end() {
        if (state instanceof State.User user) {
            user.scripts().close();
            user.permit().close();
        }
        state = new State.Ended();
    }
}
