package palomar.storage.memory;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.storage.Attributes;
import palomar.storage.NamedValues;
import palomar.storage.QuotaUsage;

/// Named values, guarded by the store's lock.
final class MemoryAttributes implements Attributes {
    private final MemoryStorage storage;
    private final MemoryQuota quota;
    private final Runnable changed;
    private NamedValues values = NamedValues.NONE;
    private boolean ended;

    /// @param changed called after each change, without the lock
    MemoryAttributes(MemoryStorage storage, MemoryQuota quota, Runnable changed) {
        this.storage = storage;
        this.quota = quota;
        this.changed = changed;
    }

    private NamedValues now() {
        return storage.locked(() -> values);
    }

    /// Takes over what a new mailbox has from another; it has no values of its own yet. Under the store's lock.
    void inherit(MemoryAttributes from) {
        values = NamedValues.NONE.with(from.values.inherited());
    }

    /// The mailbox or user is gone.
    void end() {
        storage.locked(() -> {
            quota.addAnnotations(ended ? 0 : -values.annotationBytes());
            ended = true;
            return ended;
        });
    }

    @Override
    public Optional<byte[]> get(String name) {
        return now().get(name);
    }

    @Override
    public SortedMap<String, byte[]> under(String prefix) {
        return now().under(prefix);
    }

    @Override
    public void change(Map<String, Optional<byte[]>> changes) {
        if (storage.locked(() -> put(changes))) {
            changed.run();
        }
    }

    /// Under the store's lock; wakes nobody.
    ///
    /// @return whether anything is different now
    boolean put(Map<String, Optional<byte[]>> changes) {
        if (ended) {
            throw new MailException(MailError.NOT_FOUND, "mailbox or user does not exist");
        }
        SortedMap<String, Optional<byte[]>> difference = values.different(changes);
        NamedValues after = values.with(difference);
        long more = after.annotationBytes() - values.annotationBytes();
        quota.require(new QuotaUsage(0, 0, 0, more));
        quota.addAnnotations(more);
        values = after;
        return !difference.isEmpty();
    }

    @Override
    public long bytes() {
        return now().bytes();
    }
}
