package palomar.imap.proto;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Commands about quotas. RFC 9208 4.1
public sealed interface QuotaCommand extends Command.InAuthenticated {

    /// RFC 9208 4.1.1
    record GetQuota(Tag tag, String root) implements QuotaCommand {}

    /// RFC 9208 4.1.2
    record GetQuotaRoot(Tag tag, String mailbox) implements QuotaCommand {}

    /// RFC 9208 4.1.3
    ///
    /// @param limits by resource in capitals, in the client's order; 0 to 2^63-1
    record SetQuota(Tag tag, String root, Map<String, Long> limits) implements QuotaCommand {
        public SetQuota {
            limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
        }
    }
}
