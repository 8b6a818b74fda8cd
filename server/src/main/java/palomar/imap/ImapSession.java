package palomar.imap;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import palomar.acl.Right;
import palomar.event.Event;
import palomar.imap.proto.AclCommand;
import palomar.imap.proto.AnnotateCommand;
import palomar.imap.proto.BrokenLiteral;
import palomar.imap.proto.Command;
import palomar.imap.proto.ConversionsCommand;
import palomar.imap.proto.ConvertCommand;
import palomar.imap.proto.MetadataCommand;
import palomar.imap.proto.OrderCommand;
import palomar.imap.proto.QuotaCommand;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.SelectParams;
import palomar.imap.proto.StatusItem;
import palomar.imap.proto.Tag;
import palomar.imap.proto.UrlCommand;
import palomar.mail.MailException;
import palomar.net.ClientGone;
import palomar.net.KeyedPermits;
import palomar.net.ReadInterrupted;
import palomar.net.TlsContext;
import palomar.storage.UserMail;

/// One IMAP connection from greeting to close. Everything here runs on its one virtual thread. RFC 9051 3
final class ImapSession {
    /// Malformed lines in a row after which the other side is no mail client.
    private static final int MOST_BAD_BEFORE_LOGIN = 3;

    private static final int MOST_BAD_AFTER_LOGIN = 50;

    /// All the time until login is this many times what a client may be silent.
    private static final int LOGIN_TIMEOUTS = 3;

    private final ImapService service;
    private final Dialogue dialogue;
    private final ResponseWriter out;
    private final Pusher pusher;
    private @Nullable Notifier notifier;
    private State state = new State.NotAuthenticated();
    private KeyedPermits.@Nullable Permit permit;
    private UrlKeys.@Nullable Listener urlKey;
    private int badInARow;
    private int failedLogins;
    private boolean startsOver;
    private final long began;

    ImapSession(ImapService service, Dialogue dialogue) {
        this.service = service;
        this.dialogue = dialogue;
        this.out = dialogue.out();
        this.began = dialogue.clock().millis();
        this.pusher = new Pusher(dialogue);
    }

    /// Says who we are; what becomes of it shows at the first read.
    void greet() {
        try {
            out.ok(
                    Tag.NONE,
                    new ResponseCode.Capabilities(capabilities()),
                    dialogue.settings().greeting());
        } catch (IOException e) {
            throw new ClientGone(ClientGone.Reason.RESET, String.valueOf(e.getMessage()));
        }
    }

    /// Until the client goes, or until UNAUTHENTICATE: then true, and a new session goes on with the connection.
    boolean run() {
        try {
            dialogue.connection().flushBeforeWaiting(true);
            while (!(state instanceof State.LoggedOut) && awaitInput()) {
                answer(dialogue.reader().read());
            }
            out.flush();
        } catch (ReadInterrupted woken) {
            sayBye(woken.why());
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
            end();
        }
        return startsOver;
    }

    /// Sends what there is and waits, unless further commands are here already. False when the client has closed.
    private boolean awaitInput() throws IOException {
        if (dialogue.in().buffered() > 0) {
            return true;
        }
        ImapSettings settings = dialogue.settings();
        Duration patience = state instanceof State.NotAuthenticated ? strangersPatience() : settings.betweenCommands();
        if (!patience.isPositive()) {
            throw new ReadInterrupted(ReadInterrupted.Why.TIMEOUT);
        }
        Notifier asked = notifier;
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
            mailboxGone();
            return false;
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
        Notifier asked = notifier;
        Notifier.Before before = asked == null ? Notifier.Before.NOTHING : asked.before(command);
        Reply reply = reply(command);
        if (startsOver) {
            return;
        }
        if (asked != null) {
            asked.after(command, before, reply);
        }
        if (state instanceof State.Selected selected) {
            selected.box().own(Notifier.arrivals(command, reply, selected.box()));
        }
        sync(command, reply);
        tellUrlKey();
        reply.write(out, command.tag());
        countBad(command);
    }

    private void sync(Command command, Reply reply) throws IOException {
        Notifier asked = notifier;
        boolean told = asked != null && asked.listening();
        if (state instanceof State.Selected selected) {
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

    /// Someone has made a new key for the selected mailbox. RFC 4467 7: RESETKEY
    private void tellUrlKey() throws IOException {
        if (urlKey != null && urlKey.take() && dialogue.isPrivate()) {
            out.ok(Tag.NONE, ResponseCode.Plain.URLMECH_INTERNAL, "the key is new");
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

    private boolean bends(Workaround workaround) {
        return dialogue.settings().policy().workarounds().contains(workaround);
    }

    private Telling telling(Command command) {
        boolean arrivals = !bends(Workaround.DELAY_NEWMAIL) || Consequences.tellsNewMail(command);
        return new Telling(command.mayReportExpunge(), arrivals, Consequences.byUid(command));
    }

    private void countBad(Command command) throws IOException {
        if (!(command instanceof Command.Malformed || command instanceof Command.Unknown)) {
            badInARow = 0;
            return;
        }
        badInARow++;
        int most = state instanceof State.NotAuthenticated ? MOST_BAD_BEFORE_LOGIN : MOST_BAD_AFTER_LOGIN;
        if (badInARow >= most) {
            out.bye("too many lines that are no commands");
            end();
        }
    }

    /// The one place where refusals and failures become answers.
    private Reply reply(Command command) throws IOException {
        try {
            return dispatch(command);
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

    private Reply dispatch(Command command) throws IOException {
        if (state instanceof State.Selected selected
                && selected.box().mailbox().deleted()
                && !Consequences.leavesMailbox(command)) {
            return mailboxGone();
        }
        if (dialogue.enabled().uidOnly() && command.usesSeqNumbers()) {
            return Reply.bad(ResponseCode.Plain.UIDREQUIRED, "message numbers after ENABLE UIDONLY");
        }
        if (command instanceof Command.InSelected
                && state instanceof State.Selected selected
                && !Consequences.leavesMailbox(command)) {
            // Someone may have taken it since: RFC 4314 5.1.1.
            selected.box().require(Right.READ);
        }
        if (state instanceof State.LoggedIn) {
            Optional<Reply> elsewhere = dialogue.referrals().refer(command);
            if (elsewhere.isPresent()) {
                return elsewhere.get();
            }
        }
        return switch (command) {
            case Command.InAnyState any -> inAnyState(any);
            case Command.InNotAuthenticated stranger ->
                state instanceof State.NotAuthenticated
                        ? inNotAuthenticated(stranger)
                        : Reply.bad("you are logged in already");
            case Command.InAuthenticated user ->
                state instanceof State.LoggedIn loggedIn
                        ? inAuthenticated(loggedIn, user)
                        : Reply.bad("log in first: LOGIN or AUTHENTICATE");
            case Command.InSelected user ->
                state instanceof State.Selected selected
                        ? inSelected(selected, user)
                        : Reply.bad("select a mailbox first: SELECT or EXAMINE");
        };
    }

    private Reply mailboxGone() throws IOException {
        out.bye(ResponseCode.Plain.NONEXISTENT, "the selected mailbox was deleted");
        end();
        return Reply.NONE;
    }

    private Reply inAnyState(Command.InAnyState command) throws IOException {
        return switch (command) {
            case Command.Capability _ -> {
                out.capability(capabilities());
                yield Reply.ok("CAPABILITY done");
            }
            case Command.Noop _ -> Reply.ok("NOOP done");
            case Command.Logout _ -> {
                out.bye("goodbye");
                end();
                yield Reply.ok("LOGOUT done");
            }
            case Command.Id id -> id(id);
            case Command.Language language -> new LanguageHandler(out).run(language, state instanceof State.LoggedIn);
            case Command.Malformed malformed -> Reply.bad(malformed.why());
            case Command.Unknown unknown -> Reply.bad("there is no command " + unknown.name());
            case Command.Overrun overrun -> {
                out.bye(overrun.why());
                end();
                yield Reply.NONE;
            }
        };
    }

    private Reply id(Command.Id id) throws IOException {
        Object[] facts =
                ClientId.logged(id.fields(), dialogue.settings().policy().loggedIds());
        if (facts.length > 0) {
            dialogue.events().info("imap.client", "the client names itself", facts);
        }
        out.id(dialogue.settings().id());
        return Reply.ok("ID done");
    }

    private Reply inNotAuthenticated(Command.InNotAuthenticated command) throws IOException {
        LoginHandler login = new LoginHandler(service, dialogue);
        return switch (command) {
            case Command.StartTls startTls -> startTls(startTls);
            case Command.Login given -> entered(login.login(given));
            case Command.Authenticate authenticate -> entered(login.authenticate(authenticate));
        };
    }

    /// RFC 9051 6.2.1
    private Reply startTls(Command.StartTls command) throws IOException {
        Optional<TlsContext> context = service.tls();
        if (dialogue.connection().secured()) {
            return Reply.bad("TLS is active already");
        }
        if (context.isEmpty()) {
            return Reply.no("TLS is not available");
        }
        // What came in plain behind this command is not to be believed; the connection drops it too.
        dialogue.in().discardBuffered();
        out.ok(command.tag(), "begin TLS");
        out.flush();
        dialogue.connection().startTls(context.get());
        return Reply.NONE;
    }

    private Reply entered(LoginHandler.Outcome outcome) throws IOException {
        return switch (outcome) {
            case LoginHandler.Outcome.Entered(UserMail mail, KeyedPermits.Permit held, Referrals referrals) -> {
                dialogue.referrals(referrals);
                state = new State.Authenticated(mail);
                permit = held;
                dialogue.user(mail.user());
                dialogue.events()
                        .info(
                                "imap.login",
                                "logged in",
                                "peer",
                                dialogue.connection().peer());
                yield Reply.ok(new ResponseCode.Capabilities(capabilities()), "logged in");
            }
            case LoginHandler.Outcome.Rejected(Reply reply) -> {
                failedLogins++;
                if (failedLogins >= dialogue.settings().mostLoginFailures()) {
                    out.bye("too many failed logins");
                    end();
                }
                yield reply;
            }
            case LoginHandler.Outcome.Postponed(Reply reply) -> reply;
        };
    }

    private Reply inAuthenticated(State.LoggedIn user, Command.InAuthenticated command) throws IOException {
        UserMail mail = user.mail();
        return switch (command) {
            case Command.BadName bad -> Reply.no(ResponseCode.Plain.CANNOT, bad.why());
            case Command.Enable enable -> new EnableHandler(dialogue).run(enable, mail, selectedBox());
            case Command.Select select -> select(mail, select.mailbox(), select.params(), false);
            case Command.Examine examine -> select(mail, examine.mailbox(), examine.params(), true);
            case Command.Create create -> new MailboxHandler(mail, dialogue).create(create);
            case Command.Delete delete -> delete(mail, delete);
            case Command.Rename rename -> new MailboxHandler(mail, dialogue).rename(rename);
            case Command.Subscribe subscribe -> new MailboxHandler(mail, dialogue).subscribe(subscribe);
            case Command.Unsubscribe unsubscribe -> new MailboxHandler(mail, dialogue).unsubscribe(unsubscribe);
            case Command.ListMailboxes list -> {
                if (list.options().status().contains(StatusItem.HIGHESTMODSEQ)) {
                    // As STATUS does: RFC 7162 3.1.
                    dialogue.knowsModSeqs(selectedBox());
                }
                yield lists(mail).list(list);
            }
            case Command.Xlist xlist -> lists(mail).xlist(xlist);
            case Command.Lsub lsub -> lists(mail).lsub(lsub, bends(Workaround.TB_LSUB_FLAGS));
            case Command.Rlist rlist -> lists(mail).rlist(rlist);
            case Command.Rlsub rlsub -> lists(mail).rlsub(rlsub, bends(Workaround.TB_LSUB_FLAGS));
            case Command.Comparator comparator -> new ComparatorHandler(dialogue).run(comparator);
            case Command.Namespace _ -> new LanguageHandler(out).namespace();
            case Command.Status status -> new StatusHandler(mail, dialogue).run(status, selectedBox());
            case Command.Append append -> new AppendHandler(service, mail, dialogue, selectedBox()).run(append);
            case Command.Esearch search -> searches(mail).esearch(search, selectedBox());
            case MetadataCommand metadata -> new MetadataHandler(mail, dialogue).run(metadata);
            case AclCommand acl -> new AclHandler(service, mail, dialogue).run(acl);
            case ConversionsCommand conversions ->
                new ConvertHandler(dialogue, service.desk()).conversions(conversions);
            case QuotaCommand quota -> new QuotaHandler(service, mail, dialogue).run(quota);
            case Command.Compress compress -> new CompressHandler(dialogue).run(compress);
            case Command.Unauthenticate unauthenticate -> unauthenticate(unauthenticate);
            case Command.Notify notify -> notify(mail, notify);
            case UrlCommand url -> new UrlHandler(service, mail, dialogue).run(url);
            case Command.Idle _ -> idle();
        };
    }

    /// RFC 4978 3
    /// Ends this session but not the connection. RFC 8437 3
    private Reply unauthenticate(Command.Unauthenticate command) throws IOException {
        if (!dialogue.settings().policy().unauthenticate()) {
            return Reply.bad("UNAUTHENTICATE is not offered");
        }
        leaveMailbox();
        out.ok(command.tag(), "now log in as whom you like");
        out.flush();
        dialogue.events().info("imap.unauthenticate", "logged out, the connection stays");
        if (dialogue.connection().compressed()) {
            dialogue.connection().endCompression();
        }
        end();
        dialogue.connection().user("");
        startsOver = true;
        return Reply.NONE;
    }

    private ListHandler lists(UserMail mail) {
        return new ListHandler(mail, out, appendLimit(), dialogue.referrals());
    }

    private long appendLimit() {
        return dialogue.settings().users().message();
    }

    private @Nullable SelectedMailbox selectedBox() {
        return state instanceof State.Selected selected ? selected.box() : null;
    }

    /// RFC 9051 6.3.2: what was selected before is left first, even when the new one can't be selected.
    private Reply select(UserMail mail, String name, SelectParams params, boolean readOnly) throws IOException {
        SelectHandler handler = new SelectHandler(mail, dialogue);
        handler.check(params);
        if (state instanceof State.Selected) {
            leaveMailbox();
            out.ok(Tag.NONE, ResponseCode.Plain.CLOSED, "the previous mailbox is closed");
        }
        UserMail.Entry entry = handler.find(name);
        SelectedMailbox box = handler.open(entry, readOnly);
        state = new State.Selected(mail, box);
        if (notifier != null) {
            notifier.selected(box);
        }
        urlKey = service.urlKeys().listen(mail.user(), box.mailbox().id());
        dialogue.connection().state(box.name().value());
        return handler.tell(box, entry, name, params);
    }

    private Reply delete(UserMail mail, Command.Delete delete) throws IOException {
        MailboxHandler handler = new MailboxHandler(mail, dialogue);
        boolean own = state instanceof State.Selected selected && handler.isSame(delete.mailbox(), selected.box());
        Reply reply = handler.delete(delete);
        if (own) {
            leaveMailbox();
            out.ok(Tag.NONE, ResponseCode.Plain.CLOSED, "the selected mailbox is deleted");
        }
        return reply;
    }

    private Reply idle() throws IOException {
        SelectedMailbox box = selectedBox();
        return switch (new IdleHandler(dialogue, pusher, box, notifier).run()) {
            case DONE -> Reply.ok("IDLE done");
            case OTHER -> Reply.bad("expected DONE");
            case OVERRUN -> {
                out.bye("too much data in IDLE");
                end();
                yield Reply.NONE;
            }
            case MAILBOX_GONE -> mailboxGone();
        };
    }

    private Reply notify(UserMail mail, Command.Notify command) throws IOException {
        Notifier asked = notifier;
        if (asked == null) {
            asked = new Notifier(mail, dialogue, pusher);
            notifier = asked;
            if (state instanceof State.Selected selected) {
                asked.selected(selected.box());
            }
        }
        return new NotifyHandler(dialogue, asked).run(command, selectedBox());
    }

    private Reply inSelected(State.Selected selected, Command.InSelected command) throws IOException {
        SelectedMailbox box = selected.box();
        return switch (command) {
            case Command.Check _ -> Reply.ok("CHECK done");
            case Command.Close _ -> {
                new ExpungeHandler(dialogue, box).silently();
                leaveMailbox();
                yield Reply.ok("CLOSE done");
            }
            case Command.Unselect _ -> {
                leaveMailbox();
                yield Reply.ok("UNSELECT done");
            }
            case Command.Expunge expunge -> new ExpungeHandler(dialogue, box).expunge(expunge);
            case Command.UidExpunge expunge -> new ExpungeHandler(dialogue, box).expunge(expunge);
            case Command.Search search -> searches(selected.mail()).search(search, box);
            case Command.CancelUpdate cancel -> new SearchHandler(dialogue, box).cancel(cancel);
            case OrderCommand order -> searches(selected.mail()).order(order, box);
            case Command.BadCharset bad -> SearchCommands.badCharset(bad, box);
            case Command.UidBatches batches -> new UidBatchesHandler(dialogue, box).run(batches);
            case Command.Fetch fetch -> new FetchHandler(dialogue, box).run(fetch);
            case Command.Store store -> new StoreHandler(dialogue, box).run(store);
            case AnnotateCommand annotate -> new AnnotateHandler(dialogue, box).run(annotate);
            case ConvertCommand convert -> new ConvertHandler(dialogue, service.desk()).convert(convert, box);
            case Command.Copy copy -> new CopyHandler(dialogue, selected.mail(), box).copy(copy);
            case Command.Move move -> new CopyHandler(dialogue, selected.mail(), box).move(move);
            case Command.Replace replace -> new ReplaceHandler(service, selected.mail(), dialogue, box).run(replace);
        };
    }

    private SearchCommands searches(UserMail mail) {
        return new SearchCommands(service.columns(), mail, dialogue);
    }

    private void leaveMailbox() {
        if (state instanceof State.Selected selected) {
            if (notifier != null) {
                notifier.left();
            }
            selected.box().close();
            state = new State.Authenticated(selected.mail());
            if (urlKey != null) {
                urlKey.close();
                urlKey = null;
            }
            dialogue.connection().state("");
        }
    }

    private void end() {
        if (notifier != null) {
            notifier.close();
        }
        leaveMailbox();
        dialogue.endMetadata();
        if (state instanceof State.LoggedIn user) {
            user.mail().close();
        }
        if (permit != null) {
            permit.close();
        }
        state = new State.LoggedOut();
    }

    private List<String> capabilities() {
        return state instanceof State.LoggedIn user
                ? Capabilities.forUsers(dialogue.settings(), user.mail().user())
                : new LoginHandler(service, dialogue).capabilities();
    }
}
