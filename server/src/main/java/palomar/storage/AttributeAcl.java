package palomar.storage;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import palomar.acl.AccessList;
import palomar.acl.Acl;
import palomar.acl.Identifier;
import palomar.acl.Rights;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.MailboxId;

/// A list in the named values of its mailbox: `acl/IDENTIFIER` with the letters of the rights. Safe for many
/// threads.
public final class AttributeAcl implements Acl {
    /// Before an identifier: the name of its value.
    static final String PREFIX = "acl/";

    /// Reading a list and changing it belong together; one lock for the mailboxes of one remainder. It is taken
    /// before any of a store's.
    private static final ReentrantLock[] LOCKS =
            IntStream.range(0, 64).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    private final Attributes attributes;
    private final String owner;
    private final ReentrantLock lock;

    /// @param owner whose mailbox it is; empty for a public one
    public AttributeAcl(Attributes attributes, MailboxId id, String owner) {
        this.attributes = attributes;
        this.owner = owner;
        this.lock = LOCKS[Math.floorMod(31 * owner.hashCode() + id.hashCode(), LOCKS.length)];
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public AccessList list() {
        SortedMap<String, byte[]> values = attributes.under(PREFIX);
        if (values.isEmpty()) {
            return AccessList.usual(owner);
        }
        SortedMap<Identifier, Rights> entries = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.length() > PREFIX.length()) {
                Identifier identifier = Identifier.parse(name.substring(PREFIX.length()));
                entries.put(identifier, Rights.ofLetters(new String(value, StandardCharsets.US_ASCII)));
            }
        });
        return new AccessList(owner, entries);
    }

    @Override
    public void change(Identifier identifier, UnaryOperator<Rights> change) {
        Identifier kept = identifier.inListOf(owner);
        lock.lock();
        try {
            AccessList list = list();
            Rights rights = change.apply(list.entry(kept)).plus(list.always(kept));
            boolean nothing = saysNothing(kept, rights, list);
            boolean more = !list.entries().containsKey(kept);
            if (more && !nothing && list.entries().size() >= MAX_ENTRIES) {
                throw new MailException(MailError.LIMIT, "at most " + MAX_ENTRIES + " entries in one list");
            }
            set(kept, nothing ? Optional.empty() : Optional.of(rights));
        } finally {
            lock.unlock();
        }
    }

    /// Would the list say the same without the entry?
    private boolean saysNothing(Identifier identifier, Rights rights, AccessList list) {
        return rights.equals(list.withoutEntry(identifier)) && (identifier.negative() || isOwner(identifier));
    }

    private boolean isOwner(Identifier identifier) {
        return identifier.equals(Identifier.OWNER) && !owner.isEmpty();
    }

    @Override
    public void remove(Identifier identifier) {
        Identifier kept = identifier.inListOf(owner);
        lock.lock();
        try {
            set(kept, isOwner(kept) ? Optional.of(Rights.NONE) : Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    private void set(Identifier identifier, Optional<Rights> rights) {
        attributes.change(Map.of(
                PREFIX + identifier.text(), rights.map(some -> some.letters().getBytes(StandardCharsets.US_ASCII))));
    }
}
