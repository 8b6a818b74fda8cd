package palomar.imap;

import java.io.IOException;
import java.util.Optional;
import palomar.acl.Right;
import palomar.imap.proto.AclCommand;
import palomar.imap.proto.AnnotateCommand;
import palomar.imap.proto.Command;
import palomar.imap.proto.ConversionsCommand;
import palomar.imap.proto.ConvertCommand;
import palomar.imap.proto.FilterCommand;
import palomar.imap.proto.MetadataCommand;
import palomar.imap.proto.OrderCommand;
import palomar.imap.proto.QuotaCommand;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.SelectParams;
import palomar.imap.proto.StatusItem;
import palomar.imap.proto.Tag;
import palomar.imap.proto.UrlCommand;
import palomar.net.KeyedPermits;
import palomar.net.TlsContext;
import palomar.storage.UserMail;

/// Leads each command to its handler, when the session stands where the command may be said. Belongs to the
/// session. RFC 9051 3, 6
final class Dispatch {
    private final ImapService service;
    private final Dialogue dialogue;
    private final ResponseWriter out;
    private final Pusher pusher;
    private final Standing standing;
    private int failedLogins;

    Dispatch(ImapService service, Dialogue dialogue, Pusher pusher, Standing standing) {
        this.service = service;
        this.dialogue = dialogue;
        this.out = dialogue.out();
        this.pusher = pusher;
        this.standing = standing;
    }

    private boolean bends(Workaround workaround) {
        return dialogue.settings().policy().workarounds().contains(workaround);
    }

    Reply dispatch(Command command) throws IOException {
        if (standing.state() instanceof State.Selected selected
                && selected.box().mailbox().deleted()
                && !Consequences.leavesMailbox(command)) {
            return mailboxGone();
        }
        if (dialogue.enabled().uidOnly() && command.usesSeqNumbers()) {
            return Reply.bad(ResponseCode.Plain.UIDREQUIRED, "message numbers after ENABLE UIDONLY");
        }
        if (command instanceof Command.InSelected
                && standing.state() instanceof State.Selected selected
                && !Consequences.leavesMailbox(command)) {
            // Someone may have taken it since: RFC 4314 5.1.1.
            selected.box().require(Right.READ);
        }
        if (standing.state() instanceof State.LoggedIn) {
            Optional<Reply> elsewhere = dialogue.referrals().refer(command);
            if (elsewhere.isPresent()) {
                return elsewhere.get();
            }
        }
        return switch (command) {
            case Command.InAnyState any -> inAnyState(any);
            case Command.InNotAuthenticated stranger ->
                standing.state() instanceof State.NotAuthenticated
                        ? inNotAuthenticated(stranger)
                        : Reply.bad("you are logged in already");
            case Command.InAuthenticated user ->
                standing.state() instanceof State.LoggedIn loggedIn
                        ? inAuthenticated(loggedIn, user)
                        : Reply.bad("log in first: LOGIN or AUTHENTICATE");
            case Command.InSelected user ->
                standing.state() instanceof State.Selected selected
                        ? inSelected(selected, user)
                        : Reply.bad("select a mailbox first: SELECT or EXAMINE");
        };
    }

    /// The selected mailbox was deleted: BYE, and the session ends.
    Reply mailboxGone() throws IOException {
        out.bye(ResponseCode.Plain.NONEXISTENT, "the selected mailbox was deleted");
        standing.end();
        return Reply.NONE;
    }

    private Reply inAnyState(Command.InAnyState command) throws IOException {
        return switch (command) {
            case Command.Capability _ -> {
                out.capability(standing.capabilities());
                yield Reply.ok("CAPABILITY done");
            }
            case Command.Noop _ -> Reply.ok("NOOP done");
            case Command.Logout _ -> {
                out.bye("goodbye");
                standing.end();
                yield Reply.ok("LOGOUT done");
            }
            case Command.Id id -> id(id);
            case Command.Language language -> languages().run(language, standing.state() instanceof State.LoggedIn);
            case Command.Malformed malformed -> Reply.bad(malformed.why());
            case Command.Unknown unknown -> Reply.bad("there is no command " + unknown.name());
            case Command.Overrun overrun -> {
                out.bye(overrun.why());
                standing.end();
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
                dialogue.happenings(new Happenings(service.messageEvents(), mail));
                standing.enter(mail, held);
                dialogue.user(mail.user());
                dialogue.events()
                        .info(
                                "imap.login",
                                "logged in",
                                "peer",
                                dialogue.connection().peer());
                yield Reply.ok(new ResponseCode.Capabilities(standing.capabilities()), "logged in");
            }
            case LoginHandler.Outcome.Rejected(Reply reply) -> {
                failedLogins++;
                if (failedLogins >= dialogue.settings().mostLoginFailures()) {
                    out.bye("too many failed logins");
                    standing.end();
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
            case Command.Enable enable -> new EnableHandler(dialogue).run(enable, mail, standing.selectedBox());
            case Command.Select select -> select(mail, select.tag(), select.mailbox(), select.params(), false);
            case Command.Examine examine -> select(mail, examine.tag(), examine.mailbox(), examine.params(), true);
            case Command.Create create -> new MailboxHandler(mail, dialogue).create(create);
            case Command.Delete delete -> delete(mail, delete);
            case Command.Rename rename -> new MailboxHandler(mail, dialogue).rename(rename);
            case Command.Subscribe subscribe -> new MailboxHandler(mail, dialogue).subscribe(subscribe);
            case Command.Unsubscribe unsubscribe -> new MailboxHandler(mail, dialogue).unsubscribe(unsubscribe);
            case Command.ListMailboxes list -> {
                if (list.options().status().contains(StatusItem.HIGHESTMODSEQ)) {
                    // As STATUS does: RFC 7162 3.1.
                    dialogue.knowsModSeqs(standing.selectedBox());
                }
                yield lists(mail).list(list, new Progress(dialogue, list.tag()));
            }
            case Command.Xlist xlist -> lists(mail).xlist(xlist);
            case Command.Lsub lsub -> lists(mail).lsub(lsub, bends(Workaround.TB_LSUB_FLAGS));
            case Command.Rlist rlist -> lists(mail).rlist(rlist, new Progress(dialogue, rlist.tag()));
            case Command.Rlsub rlsub -> lists(mail).rlsub(rlsub, bends(Workaround.TB_LSUB_FLAGS));
            case Command.Comparator comparator -> new ComparatorHandler(dialogue).run(comparator);
            case Command.Namespace _ -> languages().namespace();
            case Command.Status status -> new StatusHandler(mail, dialogue).run(status, standing.selectedBox());
            case Command.Append append ->
                new AppendHandler(service, mail, dialogue, standing.selectedBox()).run(append);
            case Command.Esearch search -> searches(mail).esearch(search, standing.selectedBox());
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

    /// Ends this session but not the connection. RFC 8437 3
    private Reply unauthenticate(Command.Unauthenticate command) throws IOException {
        if (!dialogue.settings().policy().unauthenticate()) {
            return Reply.bad("UNAUTHENTICATE is not offered");
        }
        standing.leaveMailbox();
        out.ok(command.tag(), "now log in as whom you like");
        out.flush();
        dialogue.events().info("imap.unauthenticate", "logged out, the connection stays");
        if (dialogue.connection().compressed()) {
            dialogue.connection().endCompression();
        }
        standing.startOver();
        return Reply.NONE;
    }

    private LanguageHandler languages() {
        return new LanguageHandler(out, dialogue.settings().policy().language());
    }

    private ListHandler lists(UserMail mail) {
        return new ListHandler(mail, out, appendLimit(), dialogue.referrals());
    }

    private long appendLimit() {
        return dialogue.settings().users().message();
    }

    /// RFC 9051 6.3.2: what was selected before is left first, even when the new one can't be selected.
    private Reply select(UserMail mail, Tag tag, String name, SelectParams params, boolean readOnly)
            throws IOException {
        SelectHandler handler = new SelectHandler(mail, dialogue);
        handler.check(params);
        if (standing.state() instanceof State.Selected) {
            standing.leaveMailbox();
            out.ok(Tag.NONE, ResponseCode.Plain.CLOSED, "the previous mailbox is closed");
        }
        UserMail.Entry entry = handler.find(name);
        SelectedMailbox box = new Progress(dialogue, tag).during(() -> handler.open(entry, readOnly));
        standing.select(mail, box);
        return handler.tell(box, entry, name, params);
    }

    private Reply delete(UserMail mail, Command.Delete delete) throws IOException {
        MailboxHandler handler = new MailboxHandler(mail, dialogue);
        boolean own =
                standing.state() instanceof State.Selected selected && handler.isSame(delete.mailbox(), selected.box());
        Reply reply = handler.delete(delete);
        if (own) {
            standing.leaveMailbox();
            out.ok(Tag.NONE, ResponseCode.Plain.CLOSED, "the selected mailbox is deleted");
        }
        return reply;
    }

    private Reply idle() throws IOException {
        return switch (new IdleHandler(dialogue, pusher, standing).run()) {
            case DONE -> Reply.ok("IDLE done");
            case OTHER -> Reply.bad("expected DONE");
            case OVERRUN -> {
                out.bye("too much data in IDLE");
                standing.end();
                yield Reply.NONE;
            }
            case MAILBOX_GONE -> mailboxGone();
        };
    }

    private Reply notify(UserMail mail, Command.Notify command) throws IOException {
        Notifier asked = standing.notifier();
        if (asked == null) {
            asked = new Notifier(mail, dialogue, pusher);
            standing.notifier(asked);
        }
        return new NotifyHandler(dialogue, asked).run(command, standing.selectedBox());
    }

    private Reply inSelected(State.Selected selected, Command.InSelected command) throws IOException {
        SelectedMailbox box = selected.box();
        return switch (command) {
            case Command.Check _ -> Reply.ok("CHECK done");
            case Command.Close close -> {
                new ExpungeHandler(dialogue, box).silently(close.tag());
                standing.leaveMailbox();
                yield Reply.ok("CLOSE done");
            }
            case Command.Unselect _ -> {
                standing.leaveMailbox();
                yield Reply.ok("UNSELECT done");
            }
            case Command.Expunge expunge -> new ExpungeHandler(dialogue, box).expunge(expunge);
            case Command.UidExpunge expunge -> new ExpungeHandler(dialogue, box).expunge(expunge);
            case Command.Search search -> searches(selected.mail()).search(search, box);
            case Command.CancelUpdate cancel -> new SearchHandler(dialogue, box).cancel(cancel);
            case FilterCommand filter -> searches(selected.mail()).filter(filter, box, service.refilter());
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
}
