package palomar.storage.loft.v1;

import java.util.Map;
import java.util.Optional;
import palomar.storage.Attributes;
import palomar.storage.QuotaLimits;
import palomar.storage.QuotaRoot;
import palomar.storage.QuotaUsage;

/// One user's quota: the usage is the catalog's, what was set is one of the user's named values.
final class LoftQuota implements QuotaRoot {
    private final UserNode node;
    private final Attributes attributes;

    LoftQuota(UserNode node, Attributes attributes) {
        this.node = node;
        this.attributes = attributes;
    }

    @Override
    public QuotaUsage usage() {
        return node.usage();
    }

    @Override
    public QuotaLimits limits() {
        return node.limits();
    }

    @Override
    public void configured(QuotaLimits limits) {
        node.configured(limits);
    }

    @Override
    public void set(Optional<QuotaLimits> limits) {
        attributes.change(Map.of(QuotaLimits.ATTRIBUTE, limits.map(QuotaLimits::bytes)));
    }
}
