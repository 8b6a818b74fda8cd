package palomar.storage.loft.v1;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Consumer;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.mail.UidSet;
import palomar.storage.Attributes;
import palomar.storage.Mailbox;
import palomar.storage.MailboxStatus;
import palomar.storage.NamedValues;
import palomar.storage.QuotaRoot;
import palomar.storage.UserMail;
import palomar.storage.Watch;
import palomar.storage.journal.Commit;

/// One user's tree. It answers from the catalog; each change is one transaction. Safe for many threads.
final class LoftUserMail implements UserMail {
    private final Shard shard;
    private final UserNode node;

    LoftUserMail(Shard shard, UserNode node) {
        this.shard = shard;
        this.node = node;
    }

    @Override
    public String user() {
        return node.name;
    }

    @Override
    public List<Entry> mailboxes() {
        List<Box> boxes = node.boxes();
        List<Entry> entries = new ArrayList<>(boxes.size());
        for (Box box : boxes) {
            entries.add(entry(box));
        }
        return entries;
    }

    private static Entry entry(Box box) {
        return new Entry(new MailboxId(box.id), box.name(), box.uses(), box.uidValidity);
    }

    @Override
    public Optional<Entry> find(MailboxName name) {
        Box box = node.box(name);
        return box == null ? Optional.empty() : Optional.of(entry(box));
    }

    @Override
    public Mailbox open(MailboxId id) {
        return new LoftMailbox(shard, shard.openBoxes().acquire(shard, box(id)));
    }

    @Override
    public MailboxStatus status(MailboxId id) {
        return box(id).status();
    }

    private Box box(MailboxId id) {
        Box box = shard.catalog().box(id.value());
        if (box == null || !box.user.equals(node.name)) {
            throw Box.gone();
        }
        return box;
    }

    @Override
    public Entry create(MailboxName name, Set<SpecialUse> uses) {
        return change(batch -> {
            if (node.box(name) != null) {
                throw exists();
            }
            NamedValues above = createParents(batch, name, new HashSet<>());
            create(batch, name, uses, above);
            return () -> entry(there(name));
        });
    }

    private Box there(MailboxName name) {
        Box box = node.box(name);
        if (box == null) {
            throw Box.gone();
        }
        return box;
    }

    static MailException exists() {
        return new MailException(MailError.ALREADY_EXISTS, "mailbox exists already");
    }

    /// Under the sequencer. `made` holds names that this transaction makes or fills in another way.
    ///
    /// @return of the nearest parent that was there before: from it all that is made inherits
    NamedValues createParents(Batch batch, MailboxName name, Set<MailboxName> made) {
        Optional<MailboxName> parent = name.parent();
        if (parent.isEmpty()) {
            return NamedValues.NONE;
        }
        Box there = node.box(parent.get());
        if (there != null) {
            return there.values();
        }
        if (!made.add(parent.get())) {
            return NamedValues.NONE;
        }
        NamedValues above = createParents(batch, parent.get(), made);
        create(batch, parent.get(), Set.of(), above);
        return above;
    }

    private void create(Batch batch, MailboxName name, Set<SpecialUse> uses, NamedValues above) {
        LogRecord.BoxState state = shard.newBox(node.name, name, uses);
        batch.add(state);
        inherit(batch, state.box(), above);
    }

    static void inherit(Batch batch, long box, NamedValues above) {
        SortedMap<String, Optional<byte[]>> values = above.inherited();
        if (!values.isEmpty()) {
            batch.add(new LogRecord.BoxValues(box, new ValueChange(false, values)));
        }
    }

    @Override
    public void delete(MailboxName name) {
        if (name.isInbox()) {
            throw new MailException(MailError.CANNOT, "INBOX can't be deleted");
        }
        node.tree().lock();
        try {
            requireUser();
            deleteBox(there(name));
        } finally {
            node.tree().unlock();
        }
    }

    private void deleteBox(Box box) {
        LoadedBox loaded = shard.openBoxes().acquire(shard, box);
        loaded.flagOrder.lock();
        try {
            Plans.Removal all = Plans.removal(loaded, UidSet.ALL, false);
            Batch batch = shard.batch();
            Commit pending;
            shard.sequencer().lock();
            try {
                box.ending(true);
                batch.add(new LogRecord.Deleted(box.id, all.freed()));
                batch.group().freesSpace();
                pending = shard.submit(batch, Shard.Change.MAIL);
            } finally {
                shard.sequencer().unlock();
            }
            try {
                pending.await();
            } catch (MailException e) {
                box.ending(false);
                throw e;
            }
        } finally {
            loaded.flagOrder.unlock();
            shard.openBoxes().release(loaded);
        }
    }

    @Override
    public void rename(MailboxName from, MailboxName to) {
        if (from.isInbox()) {
            new InboxRename(this, shard, node, to).run();
            return;
        }
        change(batch -> {
            List<Box> moved = node.below(from);
            Box itself = node.box(from);
            if (itself != null) {
                moved.add(itself);
            }
            if (moved.isEmpty()) {
                throw Box.gone();
            }
            if (to.isBelow(from)) {
                throw new MailException(MailError.CANNOT, "a mailbox can't be moved into itself");
            }
            Set<MailboxName> filled = new HashSet<>();
            for (Box box : moved) {
                MailboxName name = box.name().moved(from, to);
                if (node.box(to) != null || node.box(name) != null) {
                    throw exists();
                }
                filled.add(name);
            }
            createParents(batch, to, filled);
            for (Box box : moved) {
                batch.add(new LogRecord.Renamed(box.id, box.name().moved(from, to)));
            }
            return () -> true;
        });
    }

    @Override
    public void specialUses(MailboxId id, Set<SpecialUse> uses) {
        Box box = box(id);
        Set<SpecialUse> wanted = Set.copyOf(uses);
        change(batch -> {
            box.requireThere();
            if (!box.uses().equals(wanted)) {
                batch.add(box.state(0, wanted));
            }
            return () -> true;
        });
    }

    @Override
    public Attributes attributes() {
        return new LoftAttributes(this, node, null);
    }

    @Override
    public Attributes attributes(MailboxId id) {
        return new LoftAttributes(this, node, box(id));
    }

    @Override
    public List<Filed> file(List<Filing> filings, Map<String, Optional<byte[]>> values) {
        return new FilingBatch(shard, node, filings).run(values);
    }

    @Override
    public QuotaRoot quota() {
        return new LoftQuota(node, attributes());
    }

    @Override
    public SortedSet<MailboxName> subscriptions() {
        return node.subscriptions();
    }

    @Override
    public void subscribe(MailboxName name) {
        subscribe(name, true);
    }

    @Override
    public void unsubscribe(MailboxName name) {
        subscribe(name, false);
    }

    private void subscribe(MailboxName name, boolean on) {
        change(batch -> {
            if (node.subscriptions().contains(name) != on) {
                batch.add(new LogRecord.Subscribed(node.name, name, on));
            }
            return () -> on;
        });
    }

    /// What a change answers once its records are in force.
    interface Answer<T> {
        T get();
    }

    /// Looks at the tree and says what to write; under the tree's lock and the sequencer.
    interface Change<T> {
        Answer<T> write(Batch batch);
    }

    <T> T change(Change<T> change) {
        node.tree().lock();
        try {
            requireUser();
            Batch batch = shard.batch();
            Answer<T> answer;
            Commit pending = null;
            shard.sequencer().lock();
            try {
                answer = change.write(batch);
                if (!batch.isEmpty()) {
                    pending = shard.submit(batch, Shard.Change.MAIL);
                }
            } finally {
                shard.sequencer().unlock();
            }
            if (pending != null) {
                pending.await();
            }
            return answer.get();
        } finally {
            node.tree().unlock();
        }
    }

    void requireUser() {
        if (node.deleted()) {
            throw new MailException(MailError.NOT_FOUND, "user does not exist");
        }
    }

    @Override
    public Watch watch(Runnable wake) {
        return node.watchers().add(wake);
    }

    @Override
    public Watch watchMessages(Consumer<MailboxId> changed) {
        return node.messageWatchers().add(changed);
    }

    @Override
    public void close() {
        // The catalog holds everything; there is nothing of this caller's own.
    }
}
