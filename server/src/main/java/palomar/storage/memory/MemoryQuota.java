package palomar.storage.memory;

import java.util.Map;
import java.util.Optional;
import palomar.storage.QuotaLimits;
import palomar.storage.QuotaRoot;
import palomar.storage.QuotaUsage;

/// One user's usage and limits, guarded by the store's lock.
final class MemoryQuota implements QuotaRoot {
    private final MemoryStorage storage;
    private final MemoryUser user;
    private long bytes;
    private long messages;
    private long annotations;
    private QuotaLimits configured = QuotaLimits.NONE;

    MemoryQuota(MemoryStorage storage, MemoryUser user) {
        this.storage = storage;
        this.user = user;
    }

    @Override
    public QuotaUsage usage() {
        return storage.locked(() -> new QuotaUsage(bytes, messages, user.mailboxCount(), annotations));
    }

    @Override
    public QuotaLimits limits() {
        return storage.locked(() -> user.attributes()
                .get(QuotaLimits.ATTRIBUTE)
                .flatMap(QuotaLimits::parse)
                .orElse(configured));
    }

    @Override
    public void configured(QuotaLimits limits) {
        storage.locked(() -> configured = limits);
    }

    @Override
    public void set(Optional<QuotaLimits> limits) {
        user.attributes().change(Map.of(QuotaLimits.ATTRIBUTE, limits.map(QuotaLimits::bytes)));
    }

    /// Under the lock.
    void require(QuotaUsage more) {
        limits().requireRoom(usage(), more);
    }

    /// Under the lock: numbers may be negative.
    void add(long moreBytes, long moreMessages) {
        bytes += moreBytes;
        messages += moreMessages;
    }

    /// Under the lock.
    void addAnnotations(long moreBytes) {
        annotations += moreBytes;
    }
}
