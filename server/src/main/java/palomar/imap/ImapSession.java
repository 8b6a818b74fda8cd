package palomar.imap;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import palomar.event.Event;
import palomar.imap.proto.BrokenLiteral;
import palomar.imap.proto.Command;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.Tag;
import palomar.mail.MailException;
import palomar.net.ClientGone;
import palomar.net.ReadInterrupted;

/// One IMAP connection from greeting to close. Everything here runs on its one virtual thread. RFC 9051 3
final class ImapSession {
    /// Malformed lines in a row after which the other side is no mail client.
    private static final int MOST_BAD_BEFORE_LOGIN = 3;

    private static final int MOST_BAD_AFTER_LOGIN = 50;

    /// All the time until login is this many times what a client may be silent.
    private static final int LOGIN_TIMEOUTS = 3;

    private final Dialogue dialogue;
    private final ResponseWriter out;
    private final Pusher pusher;
    private final Standing standing;
    private final Dispatch dispatch;
    private int badInARow;
    private final long began;

    ImapSession(ImapService service, Dialogue dialogue) {
        this.dialogue = dialogue;
        this.out = dialogue.out();
        this.began = dialogue.clock().millis();
        this.pusher = new Pusher(dialogue);
        this.standing = new Standing(service, dialogue);
        this.dispatch = new Dispatch(service, dialogue, pusher, standing);
    }

    /// Says who we are; what becomes of it shows at the first read.
    void greet() {
        try {
            out.ok(
                    Tag.NONE,
                    new ResponseCode.Capabilities(standing.capabilities()),
                    dialogue.settings().greeting());
        } catch (IOException e) {
            throw new ClientGone(ClientGone.Reason.RESET, String.valueOf(e.getMessage()));
        }
    }

    /// Until the client goes, or until UNAUTHENTICATE: then true, and a new session goes on with the connection.
    boolean run() {
        try {
            dialogue.connection().flushBeforeWaiting(true);
            while (!(standing.state() instanceof State.LoggedOut) && awaitInput()) {
                answer(dialogue.reader().read());
            }
            out.flush();
        } catch (ReadInterrupted woken) {
            // What told the push may have come too late for the wait, and in time for the read behind it.
            if (pusher.mailboxGone()) {
                sayMailboxGone();
            } else {
                sayBye(woken.why());
            }
        } catch (ClientGone | EOFException gone) {
            dialogue.events().debug("imap.client-gone", String.valueOf(gone.getMessage()));
        } catch (BrokenLiteral | BrokenAnswer broken) {
            dialogue.events()
                    .error(
                            "imap.broken-literal",
                            "a message could not be read while it was sent; the connection was closed. Check the store",
                            broken);
        } catch (IOException e) {
            dialogue.events().error("imap.session-failed", "the session was given up", e);
        } finally {
            standing.end();
        }
        return standing.startsOver();
    }

    /// Sends what there is and waits, unless further commands are here already. False when the client has closed.
    private boolean awaitInput() throws IOException {
        if (dialogue.in().buffered() > 0) {
            return true;
        }
        ImapSettings settings = dialogue.settings();
        Duration patience =
                standing.state() instanceof State.NotAuthenticated ? strangersPatience() : settings.betweenCommands();
        if (!patience.isPositive()) {
            throw new ReadInterrupted(ReadInterrupted.Why.TIMEOUT);
        }
        Notifier asked = standing.notifier();
        return asked != null && asked.listening()
                ? awaitInput(asked, patience)
                : dialogue.connection().awaitInput(patience);
    }

    /// Before login a client may be silent for a while, and may not keep the connection by saying NOOP for ever.
    private Duration strangersPatience() {
        Duration silent = dialogue.settings().beforeLogin();
        Duration left =
                silent.multipliedBy(LOGIN_TIMEOUTS).minusMillis(dialogue.clock().millis() - began);
        return left.compareTo(silent) < 0 ? left : silent;
    }

    /// After NOTIFY what changes is told meanwhile. RFC 5465 3.1
    private boolean awaitInput(Notifier asked, Duration patience) throws IOException {
        try {
            return pusher.whileWaiting(
                    () -> asked.push(false), () -> dialogue.connection().awaitInput(patience));
        } catch (ReadInterrupted woken) {
            if (!pusher.mailboxGone()) {
                throw woken;
            }
            dispatch.mailboxGone();
            return false;
        }
    }

    private void sayMailboxGone() {
        try {
            dispatch.mailboxGone();
            out.flush();
        } catch (ClientGone | IOException gone) {
            dialogue.events().debug("imap.client-gone", "left before the goodbye");
        }
    }

    private void sayBye(ReadInterrupted.Why why) {
        try {
            switch (why) {
                case SHUTDOWN -> out.bye(ResponseCode.Plain.UNAVAILABLE, "the server is stopping");
                case KICKED -> out.bye("the session was ended by the operator");
                case TIMEOUT -> out.bye("nothing was said for too long");
            }
            out.flush();
        } catch (ClientGone | IOException gone) {
            dialogue.events().debug("imap.client-gone", "left before the goodbye");
        }
    }

    private void answer(Command command) throws IOException {
        tellEvent(command);
        Notifier asked = standing.notifier();
        Notifier.Before before = asked == null ? Notifier.Before.NOTHING : asked.before(command);
        Reply reply = reply(command);
        if (standing.startsOver()) {
            return;
        }
        if (asked != null) {
            asked.after(command, before, reply);
        }
        if (standing.state() instanceof State.Selected selected) {
            selected.box().own(Notifier.arrivals(command, reply, selected.box()));
        }
        sync(command, reply);
        standing.tellUrlKey();
        reply.write(out, command.tag());
        countBad(command);
    }

    private void sync(Command command, Reply reply) throws IOException {
        Notifier asked = standing.notifier();
        boolean told = asked != null && asked.listening();
        if (standing.state() instanceof State.Selected selected) {
            SelectedMailbox box = selected.box();
            Telling telling = telling(command);
            if (Consequences.removes(command)) {
                // What the client has removed itself is told, whatever it wants to hear of others.
                box.syncOwn(out, telling, reply.quiet());
            } else {
                box.sync(out, telling, reply.quiet());
            }
        }
        if (asked == null) {
            dialogue.tellMetadata();
        } else if (told) {
            asked.tell();
        }
    }

    /// What is no command has no tag either: it may be a password that was sent when nobody had asked for it.
    private void tellEvent(Command command) {
        Event events = dialogue.events();
        if (!events.wants(Event.Level.DEBUG, "imap.command")) {
            return;
        }
        boolean readable = !(command instanceof Command.Malformed || command instanceof Command.Unknown);
        events.debug(
                "imap.command", command.getClass().getSimpleName(), "tag", readable ? command.tag() : "unreadable");
    }

    private Telling telling(Command command) {
        boolean delays = dialogue.settings().policy().workarounds().contains(Workaround.DELAY_NEWMAIL);
        boolean arrivals = !delays || Consequences.tellsNewMail(command);
        return new Telling(command.mayReportExpunge(), arrivals, Consequences.byUid(command));
    }

    private void countBad(Command command) throws IOException {
        if (!(command instanceof Command.Malformed || command instanceof Command.Unknown)) {
            badInARow = 0;
            return;
        }
        badInARow++;
        int most = standing.state() instanceof State.NotAuthenticated ? MOST_BAD_BEFORE_LOGIN : MOST_BAD_AFTER_LOGIN;
        if (badInARow >= most) {
            out.bye("too many lines that are no commands");
            standing.end();
        }
    }

    /// The one place where refusals and failures become answers.
    private Reply reply(Command command) throws IOException {
        try {
            return dispatch.dispatch(command);
        } catch (BadArgument e) {
            return e.reply();
        } catch (NoTarget e) {
            return Reply.no(ResponseCode.Plain.TRYCREATE, String.valueOf(e.getMessage()));
        } catch (UndefinedFilter e) {
            return e.reply();
        } catch (Portion.TooMany e) {
            return Reply.no(e.code(), String.valueOf(e.getMessage()));
        } catch (MailException e) {
            dialogue.events().info("imap.refused", e.getMessage(), "kind", e.kind(), "cause", cause(e));
            return Reply.no(ResponseCode.of(e.kind()), e.getMessage());
        } catch (ClientGone | EOFException | BrokenLiteral | BrokenAnswer e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            String reference = reference();
            dialogue.events()
                    .error("imap.internal-error", "a command failed", e, "tag", command.tag(), "reference", reference);
            return Reply.no(ResponseCode.Plain.SERVERBUG, "internal error, reference " + reference);
        }
    }

    private static String cause(MailException e) {
        return e.getCause() == null ? "none" : String.valueOf(e.getCause());
    }

    private static String reference() {
        return HexFormat.of().withUpperCase().toHexDigits((short)
                ThreadLocalRandom.current().nextInt());
    }
}
