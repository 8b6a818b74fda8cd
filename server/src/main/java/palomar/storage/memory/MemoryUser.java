package palomar.storage.memory;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.mail.SpecialUse;
import palomar.mail.UidSet;
import palomar.storage.Attributes;
import palomar.storage.Mailbox;
import palomar.storage.MailboxStatus;
import palomar.storage.QuotaRoot;
import palomar.storage.QuotaUsage;
import palomar.storage.UserMail;
import palomar.storage.Watch;

/// One user's mailboxes; the object is the same for all who open the user.
final class MemoryUser implements UserMail {
    private final MemoryStorage storage;
    private final String user;
    private final SortedMap<MailboxName, MemoryMailbox> mailboxes = new TreeMap<>();
    private final SortedSet<MailboxName> subscriptions = new TreeSet<>();
    private final Watchers watchers = new Watchers();
    private final MessageWatchers messageWatchers = new MessageWatchers();
    private final MemoryQuota quota;
    private final MemoryAttributes attributes;

    MemoryUser(MemoryStorage storage, String user) {
        this.storage = storage;
        this.user = user;
        this.quota = new MemoryQuota(storage, this);
        this.attributes = new MemoryAttributes(storage, quota, watchers::wakeAll);
        add(MailboxName.INBOX, Set.of());
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public List<Entry> mailboxes() {
        return storage.locked(() -> mailboxes.entrySet().stream()
                .map(each -> entry(each.getKey(), each.getValue()))
                .toList());
    }

    private static Entry entry(MailboxName name, MemoryMailbox mailbox) {
        return new Entry(mailbox.id(), name, mailbox.uses(), mailbox.uidValidity());
    }

    @Override
    public Optional<Entry> find(MailboxName name) {
        return storage.locked(() -> Optional.ofNullable(mailboxes.get(name)).map(mailbox -> entry(name, mailbox)));
    }

    @Override
    public Mailbox open(MailboxId id) {
        return byId(id);
    }

    @Override
    public MailboxStatus status(MailboxId id) {
        return byId(id).status();
    }

    private MemoryMailbox byId(MailboxId id) {
        return storage.locked(() -> mailboxes.values().stream()
                .filter(mailbox -> mailbox.id().equals(id))
                .findFirst()
                .orElseThrow(MemoryUser::notFound));
    }

    MemoryMailbox existing(MailboxName name) {
        return storage.locked(() -> Optional.ofNullable(mailboxes.get(name)).orElseThrow(MemoryUser::notFound));
    }

    @Override
    public Entry create(MailboxName name, Set<SpecialUse> uses) {
        Entry made = storage.locked(() -> {
            if (mailboxes.containsKey(name)) {
                throw new MailException(MailError.ALREADY_EXISTS, "mailbox exists already");
            }
            requireRoomFor(name);
            addParents(name);
            return entry(name, addBelowParent(name, uses));
        });
        watchers.wakeAll();
        return made;
    }

    private MemoryMailbox add(MailboxName name, Set<SpecialUse> uses) {
        MemoryMailbox mailbox = new MemoryMailbox(
                storage, new MailboxId(storage.nextMailboxId()), storage.nextUidValidity(), quota, messageWatchers);
        mailbox.uses(uses);
        mailboxes.put(name, mailbox);
        return mailbox;
    }

    @Override
    public void specialUses(MailboxId id, Set<SpecialUse> uses) {
        byId(id).uses(uses);
        watchers.wakeAll();
    }

    @Override
    public Attributes attributes() {
        return attributes;
    }

    @Override
    public Attributes attributes(MailboxId id) {
        return byId(id).attributes();
    }

    @Override
    public List<Filed> file(List<Filing> filings, Map<String, Optional<byte[]>> values) {
        List<MemoryMailbox> targets =
                filings.stream().map(filing -> byId(filing.mailbox())).toList();
        List<Mailbox.NewMessage> copies = filings.stream()
                .map(each -> new Mailbox.NewMessage(each.message(), each.head(), each.flags(), each.internalDate()))
                .toList();
        AtomicBoolean changed = new AtomicBoolean();
        List<Filed> filed = storage.locked(() -> {
            long bytes = copies.stream()
                    .mapToLong(copy -> copy.message().size() + copy.head().length)
                    .sum();
            quota.require(new QuotaUsage(bytes, copies.size(), 0, 0));
            for (MemoryMailbox target : Set.copyOf(targets)) {
                target.requireRoomFor(IntStream.range(0, copies.size())
                        .filter(i -> targets.get(i) == target)
                        .mapToObj(copies::get)
                        .toList());
            }
            Map<String, Optional<byte[]>> noting = new HashMap<>(values);
            filings.forEach(filing -> filing.noted().ifPresent(name -> noting.put(name, Optional.of(note(0)))));
            changed.set(attributes.put(noting));
            List<Filed> made = new ArrayList<>(copies.size());
            for (int i = 0; i < copies.size(); i++) {
                MemoryMailbox target = targets.get(i);
                long uid = target.add(copies.get(i));
                filings.get(i).noted().ifPresent(name -> attributes.put(Map.of(name, Optional.of(note(uid)))));
                made.add(new Filed(target.uidValidity(), uid));
            }
            return made;
        });
        Set.copyOf(targets).forEach(MemoryMailbox::wakeAll);
        if (changed.get()) {
            watchers.wakeAll();
        }
        return filed;
    }

    private static byte[] note(long uid) {
        return ByteBuffer.allocate(Long.BYTES).putLong(uid).array();
    }

    int mailboxCount() {
        return mailboxes.size();
    }

    /// For a new mailbox and the parents that it lacks.
    private void requireRoomFor(MailboxName name) {
        int made = 1;
        for (Optional<MailboxName> parent = name.parent();
                parent.isPresent() && !mailboxes.containsKey(parent.get());
                parent = parent.get().parent()) {
            made++;
        }
        quota.require(new QuotaUsage(0, 0, made, 0));
    }

    @Override
    public QuotaRoot quota() {
        return quota;
    }

    private void addParents(MailboxName name) {
        Optional<MailboxName> parent = name.parent();
        if (parent.isPresent() && !mailboxes.containsKey(parent.get())) {
            addParents(parent.get());
            addBelowParent(parent.get(), Set.of());
        }
    }

    /// With the rights of the parent.
    private MemoryMailbox addBelowParent(MailboxName name, Set<SpecialUse> uses) {
        MemoryMailbox mailbox = add(name, uses);
        name.parent()
                .map(mailboxes::get)
                .ifPresent(above -> mailbox.attributes().inherit(above.attributes()));
        return mailbox;
    }

    @Override
    public void delete(MailboxName name) {
        if (name.isInbox()) {
            throw new MailException(MailError.CANNOT, "INBOX can't be deleted");
        }
        MemoryMailbox gone =
                storage.locked(() -> Optional.ofNullable(mailboxes.remove(name)).orElseThrow(MemoryUser::notFound));
        gone.markDeleted();
        watchers.wakeAll();
    }

    void deleteAll() {
        List<MemoryMailbox> gone = storage.locked(() -> {
            List<MemoryMailbox> all = new ArrayList<>(mailboxes.values());
            mailboxes.clear();
            return all;
        });
        gone.forEach(MemoryMailbox::markDeleted);
        attributes.end();
        watchers.wakeAll();
    }

    @Override
    public void rename(MailboxName from, MailboxName to) {
        if (from.isInbox()) {
            renameInbox(to);
        } else {
            storage.locked(() -> {
                renameTree(from, to);
                return true;
            });
        }
        watchers.wakeAll();
    }

    private void renameTree(MailboxName from, MailboxName to) {
        List<MailboxName> moving = mailboxes.keySet().stream()
                .filter(name -> name.equals(from) || name.isBelow(from))
                .toList();
        if (moving.isEmpty()) {
            throw notFound();
        }
        if (to.isBelow(from)) {
            throw new MailException(MailError.CANNOT, "a mailbox can't move into itself");
        }
        refuseTaken(to);
        for (MailboxName name : moving) {
            refuseTaken(name.moved(from, to));
        }
        to.parent().filter(parent -> !mailboxes.containsKey(parent)).ifPresent(this::requireRoomFor);
        addParents(to);
        for (MailboxName name : moving) {
            MemoryMailbox mailbox = mailboxes.remove(name);
            if (mailbox != null) {
                mailboxes.put(name.moved(from, to), mailbox);
            }
        }
    }

    /// RFC 9051 6.3.6: the messages move, INBOX stays.
    private void renameInbox(MailboxName to) {
        MemoryMailbox target = storage.locked(() -> {
            refuseTaken(to);
            requireRoomFor(to);
            addParents(to);
            MemoryMailbox made = add(to, Set.of());
            made.attributes().inherit(existing(MailboxName.INBOX).attributes());
            return made;
        });
        existing(MailboxName.INBOX).move(UidSet.ALL, target);
    }

    private void refuseTaken(MailboxName name) {
        if (mailboxes.containsKey(name)) {
            throw new MailException(MailError.ALREADY_EXISTS, "mailbox exists already");
        }
    }

    private static MailException notFound() {
        return new MailException(MailError.NOT_FOUND, "no such mailbox");
    }

    @Override
    public SortedSet<MailboxName> subscriptions() {
        return storage.locked(() -> new TreeSet<>(subscriptions));
    }

    @Override
    public void subscribe(MailboxName name) {
        storage.locked(() -> subscriptions.add(name));
        watchers.wakeAll();
    }

    @Override
    public void unsubscribe(MailboxName name) {
        storage.locked(() -> subscriptions.remove(name));
        watchers.wakeAll();
    }

    @Override
    public Watch watch(Runnable wake) {
        return watchers.add(wake);
    }

    @Override
    public Watch watchMessages(Consumer<MailboxId> changed) {
        return messageWatchers.add(changed);
    }

    @Override
    public void close() {}
}
