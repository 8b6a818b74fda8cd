package palomar.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.Command;
import palomar.imap.proto.ListEntry;
import palomar.imap.proto.MetadataCommand;
import palomar.imap.proto.MetadataWriter;
import palomar.imap.proto.NotifySet;
import palomar.imap.proto.NotifySet.Event;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.ResponseWriter;
import palomar.imap.proto.Tag;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.mail.UidSet;
import palomar.storage.MailboxStatus;
import palomar.storage.UserMail;
import palomar.storage.Watch;

/// What a session has asked for with NOTIFY, and what of it is still to be told. RFC 5465
///
/// The store names the mailbox that has changed, and only that one is looked at. A mailbox waits to be told at
/// most once, however often it changes, so that a client which does not listen costs no more than it has
/// mailboxes.
///
/// The store's callbacks come on any thread and only note what to look at. Everything else belongs to the thread
/// that speaks for the session, see [Pusher].
final class Notifier implements AutoCloseable {
    private final UserMail mail;
    private final MailboxRights rights;
    private final Dialogue dialogue;
    private final Pusher pusher;

    private boolean listening;
    private Wishes wishes = Wishes.NONE;
    private SelectedWish selectedWish = SelectedWish.NOTHING;
    private NameChanges names = new NameChanges(Map.of(), Set.of());
    private Map<String, Long> serverMetadata = new HashMap<>();
    private @Nullable Watch messageWatch;
    private @Nullable Watch treeWatch;

    /// Replaced as a whole, so that callbacks may read it.
    private volatile Map<MailboxId, Watched> watched = Map.of();

    private @Nullable SelectedMailbox box;
    private volatile @Nullable MailboxId selected;
    private volatile boolean treeChanged;
    private final Set<MailboxId> changed = ConcurrentHashMap.newKeySet();

    Notifier(UserMail mail, Dialogue dialogue, Pusher pusher) {
        this.mail = mail;
        this.rights = MailboxRights.of(mail);
        this.dialogue = dialogue;
        this.pusher = pusher;
    }

    /// Does the client want to be told of anything while it says nothing?
    boolean listening() {
        return listening;
    }

    // ---- what the store says, on any thread

    private void messagesChanged(MailboxId id) {
        if (id.equals(selected)) {
            pusher.wake();
        } else if (watched.containsKey(id)) {
            changed.add(id);
            pusher.wake();
        }
    }

    private void treeChanged() {
        treeChanged = true;
        pusher.wake();
    }

    // ---- NOTIFY

    /// Replaces what was asked before.
    ///
    /// @return false when that would be too many mailboxes; then nothing has changed
    boolean set(NotifySet asked) throws IOException {
        Wishes wanted = Wishes.of(asked);
        List<UserMail.Entry> entries = mail.mailboxes();
        Set<MailboxName> subscriptions = subscriptions(wanted);
        if (table(entries, wanted, subscriptions).size()
                > dialogue.settings().messages().watched()) {
            return false;
        }
        if (listening) {
            tell();
        }
        listen();
        wishes = wanted;
        selectedWish = asked.selected().map(SelectedWish::of).orElse(SelectedWish.NOTHING);
        // Read again behind the watch: what comes from here on is noticed.
        entries = mail.mailboxes();
        subscriptions = subscriptions(wanted);
        names = NameChanges.now(entries, subscriptions);
        watched = table(entries, wanted, subscriptions);
        for (Watched each : watched.values()) {
            begin(each, asked.status());
        }
        if (wanted.any(Event.SERVER_METADATA_CHANGE)) {
            serverMetadata = serverMetadata();
        }
        limitSelected();
        return true;
    }

    private void listen() {
        if (!listening) {
            listening = true;
            treeWatch = mail.watch(this::treeChanged);
            messageWatch = mail.watchMessages(this::messagesChanged);
        }
    }

    /// NOTIFY NONE: nothing is told any more, not even of the selected mailbox.
    void none() {
        close();
        wishes = Wishes.NONE;
        selectedWish = SelectedWish.NOTHING;
        limitSelected();
    }

    @Override
    public void close() {
        listening = false;
        if (messageWatch != null) {
            messageWatch.close();
            messageWatch = null;
        }
        if (treeWatch != null) {
            treeWatch.close();
            treeWatch = null;
        }
        watched = Map.of();
        changed.clear();
        treeChanged = false;
    }

    private Set<MailboxName> subscriptions(Wishes wanted) {
        return wanted.bySubscription() || wanted.any(Event.SUBSCRIPTION_CHANGE) ? mail.subscriptions() : Set.of();
    }

    private Map<MailboxId, Watched> table(List<UserMail.Entry> entries, Wishes wanted, Set<MailboxName> subscriptions) {
        Map<MailboxId, Watched> table = new HashMap<>();
        for (UserMail.Entry entry : entries) {
            if (!rights.sees(entry)) {
                continue;
            }
            int events = wanted.of(entry.name(), subscriptions);
            if (Wishes.hasMessages(events) || Wishes.has(events, Event.MAILBOX_METADATA_CHANGE)) {
                table.put(entry.id(), new Watched(entry, events));
            }
        }
        return table;
    }

    private void begin(Watched each, boolean tell) throws IOException {
        MailboxId id = each.entry().id();
        if (!rights.reads(each.entry())) {
            tellNoAccess(each.entry());
            return;
        }
        try {
            if (Wishes.hasMessages(each.events())) {
                MailboxStatus status = mail.status(id);
                each.know(status);
                if (tell && !id.equals(selected)) {
                    each.tellFirst(dialogue.out(), status);
                }
            }
            if (Wishes.has(each.events(), Event.MAILBOX_METADATA_CHANGE)) {
                each.knowMetadata(mail);
            }
        } catch (MailException e) {
            unreadable(each, e);
        }
    }

    /// It can be seen but not be read: it is watched only once that right is there. RFC 5465 3.1, 5.9
    private void tellNoAccess(UserMail.Entry entry) throws IOException {
        dialogue.out()
                .list(new ListEntry(
                        List.of("\\NoAccess"),
                        MailboxName.SEPARATOR,
                        entry.name().value(),
                        List.of(),
                        Optional.empty()));
    }

    /// Gone meanwhile: the tree will tell. Damaged: nothing can be told of it.
    private void unreadable(Watched each, MailException e) {
        if (e.kind() != MailError.NOT_FOUND) {
            dialogue.events()
                    .info(
                            "imap.notify",
                            "a mailbox can't be watched",
                            "mailbox",
                            each.entry().name(),
                            "cause",
                            e.getMessage());
        }
    }

    // ---- the selected mailbox

    /// A mailbox is selected now.
    void selected(SelectedMailbox opened) {
        box = opened;
        selected = opened.mailbox().id();
        limitSelected();
    }

    private void limitSelected() {
        SelectedMailbox opened = box;
        if (opened == null) {
            return;
        }
        opened.tellAnnotations(selectedWish.annotations());
        opened.tellOnly(selectedWish.extent(), new SelectedMailbox.Arrivals(dialogue, selectedWish.items()));
    }

    /// It is one of the others from now on; the client knows what it was told of it.
    void left() {
        SelectedMailbox closed = box;
        box = null;
        selected = null;
        Watched each = closed == null ? null : watched.get(closed.mailbox().id());
        if (closed != null && each != null) {
            each.know(
                    closed.coveredModSeq(),
                    closed.view().uidNext(),
                    closed.view().count());
            changed.add(closed.mailbox().id());
        }
    }

    // ---- what the session does itself

    /// What `command` may change in a mailbox that is not selected, to be looked at again with [Before#after].
    Before before(Command command) {
        Optional<String> target = target(command);
        if (!listening || target.isEmpty()) {
            return Before.NOTHING;
        }
        try {
            UserMail.Entry entry = mail.find(Names.of(target.get())).orElse(null);
            Watched each = entry == null ? null : watched.get(entry.id());
            if (entry == null || each == null || entry.id().equals(selected)) {
                return Before.NOTHING;
            }
            long modSeq = mail.status(entry.id()).highestModSeq();
            return each.knows(modSeq) ? new Before(each, modSeq) : Before.NOTHING;
        } catch (MailException e) {
            return Before.NOTHING;
        }
    }

    /// @param each null when there is nothing to look at
    record Before(@Nullable Watched each, long modSeq) {
        static final Before NOTHING = new Before(null, 0);
    }

    private static Optional<String> target(Command command) {
        if (command instanceof Command.Append append) {
            return Optional.of(append.mailbox());
        }
        if (command instanceof Command.Copy copy) {
            return Optional.of(copy.mailbox());
        }
        if (command instanceof Command.Replace replace) {
            return Optional.of(replace.mailbox());
        }
        return command instanceof Command.Move move ? Optional.of(move.mailbox()) : Optional.empty();
    }

    /// What the command did is not told to the client that gave it. RFC 5465 5
    void after(Command command, Before before, Reply reply) {
        if (!listening || reply.status() != Reply.Status.OK) {
            return;
        }
        if (before.each != null) {
            knowOwn(before.each, before.modSeq);
        }
        ownNames(command);
    }

    private void ownNames(Command command) {
        if (command instanceof Command.Create create) {
            names = names.withMade(Names.of(create.mailbox()), mail.mailboxes());
        } else if (command instanceof Command.Delete delete) {
            names = names.withoutDeleted(Names.of(delete.mailbox()));
        } else if (command instanceof Command.Subscribe subscribe) {
            names = names.withSubscription(Names.of(subscribe.mailbox()), true);
        } else if (command instanceof Command.Unsubscribe unsubscribe) {
            names = names.withSubscription(Names.of(unsubscribe.mailbox()), false);
        } else if (command instanceof Command.Rename rename) {
            names = names.withRenamed(Names.of(rename.from()), Names.of(rename.to()), mail.mailboxes());
        } else if (command instanceof MetadataCommand.Set set) {
            ownMetadata(set);
        }
    }

    private void ownMetadata(MetadataCommand.Set set) {
        if (set.mailbox().isEmpty()) {
            MetadataWatch.learn(
                    serverMetadata, dialogue.server().now(), set.values().keySet());
            return;
        }
        Watched each = mail.find(Names.of(set.mailbox()))
                .map(entry -> watched.get(entry.id()))
                .orElse(null);
        if (each != null && Wishes.has(each.events(), Event.MAILBOX_METADATA_CHANGE)) {
            each.ownMetadata(mail, set.values().keySet());
        }
    }

    /// Each change of a mailbox adds one to its mod-sequence: when it has grown by one, the change was ours.
    private void knowOwn(Watched each, long before) {
        try {
            MailboxStatus now = mail.status(each.entry().id());
            if (now.highestModSeq() == before + 1) {
                each.know(now);
            }
        } catch (MailException e) {
            unreadable(each, e);
        }
    }

    /// The messages that the command has made in the selected mailbox.
    static UidSet arrivals(Command command, Reply reply, SelectedMailbox box) {
        Optional<String> target = target(command);
        // What was refused may have named what can be no mailbox.
        if (target.isEmpty()
                || reply.status() != Reply.Status.OK
                || !Names.of(target.get()).equals(box.name())) {
            return UidSet.EMPTY;
        }
        if (reply.code() instanceof ResponseCode.AppendUid(long validity, UidSet uids)) {
            return uids;
        }
        return reply.code() instanceof ResponseCode.CopyUid(long validity, UidSet from, UidSet made)
                ? made
                : UidSet.EMPTY;
    }

    // ---- telling

    /// Tells everything that waits, of the selected mailbox too. Between commands and in IDLE.
    ///
    /// @param idling may expunges be told even if the client wants them only then? RFC 5465 6.1.2
    /// @return false when the selected mailbox is gone
    boolean push(boolean idling) throws IOException {
        tell();
        SelectedMailbox here = box;
        if (here == null) {
            return true;
        }
        if (here.mailbox().deleted()) {
            return false;
        }
        here.sync(dialogue.out(), new Telling(idling || !selectedWish.delayed(), true, true), Quiet.NONE);
        return true;
    }

    /// Tells everything that waits of other mailboxes.
    void tell() throws IOException {
        if (treeChanged) {
            treeChanged = false;
            tellTree();
        }
        for (Iterator<MailboxId> ids = changed.iterator(); ids.hasNext(); ) {
            MailboxId id = ids.next();
            // First, so that a change from here on is noted anew.
            ids.remove();
            Watched each = watched.get(id);
            if (each != null) {
                tell(each, id);
            }
        }
    }

    private void tell(Watched each, MailboxId id) throws IOException {
        if (!rights.reads(each.entry())) {
            return;
        }
        try {
            if (Wishes.hasMessages(each.events()) && !id.equals(selected)) {
                each.tellChanges(dialogue.out(), mail.status(id), dialogue.enabled());
            }
            if (Wishes.has(each.events(), Event.MAILBOX_METADATA_CHANGE)) {
                each.tellMetadata(dialogue.out(), mail);
            }
        } catch (MailException e) {
            unreadable(each, e);
        }
    }

    private void tellTree() throws IOException {
        List<UserMail.Entry> entries = mail.mailboxes();
        Set<MailboxName> subscriptions = subscriptions(wishes);
        NameChanges now = NameChanges.now(entries, subscriptions);
        NameChanges before = names;
        Map<MailboxName, Optional<MailboxName>> told = before.until(now, wishes);
        names = now;
        if (!told.isEmpty()) {
            tellNames(told);
        }
        if (wishes.any(Event.SERVER_METADATA_CHANGE)) {
            Map<String, Long> values = serverMetadata();
            new MetadataWriter(dialogue.out()).changed("", MetadataWatch.differences(serverMetadata, values));
            serverMetadata = values;
        }
        renew(entries, subscriptions, before);
    }

    private Map<String, Long> serverMetadata() {
        return MetadataWatch.hashes(dialogue.server().now());
    }

    private void tellNames(Map<MailboxName, Optional<MailboxName>> told) throws IOException {
        ResponseWriter out = dialogue.out();
        ListTree tree = new ListTree(mail, true, dialogue.referrals(), false);
        for (Map.Entry<MailboxName, Optional<MailboxName>> each : told.entrySet()) {
            out.list(new ListEntry(
                    ListHandler.attributes(tree, each.getKey()),
                    MailboxName.SEPARATOR,
                    each.getKey().value(),
                    List.of(),
                    each.getValue().map(MailboxName::value)));
        }
    }

    /// Names and subscriptions decide which mailboxes are watched.
    private void renew(List<UserMail.Entry> entries, Set<MailboxName> subscriptions, NameChanges before)
            throws IOException {
        Map<MailboxId, Watched> table = table(entries, wishes, subscriptions);
        if (table.size() > dialogue.settings().messages().watched()) {
            overflow();
            return;
        }
        List<MailboxId> fresh = new ArrayList<>();
        table.replaceAll((id, each) -> {
            Watched known = watched.get(id);
            if (known != null) {
                if (!known.entry().uses().equals(each.entry().uses())) {
                    // They are an annotation too.
                    fresh.add(id);
                }
                known.become(each.entry(), each.events());
                return known;
            }
            each.knowAsNew(
                    before.had(each.entry().name()) && !before.mailboxes().containsKey(id));
            fresh.add(id);
            return each;
        });
        watched = table;
        // What changed before the store's callbacks could find them in the table.
        changed.addAll(fresh);
    }

    /// As if NOTIFY NONE had been said. RFC 5465 5.8
    private void overflow() throws IOException {
        none();
        dialogue.out()
                .ok(
                        Tag.NONE,
                        ResponseCode.Plain.NOTIFICATIONOVERFLOW,
                        "more than " + dialogue.settings().messages().watched() + " mailboxes to watch");
    }
}
