package palomar.user;

import java.util.Set;
import palomar.storage.QuotaLimits;

/// What an operator says about quotas.
///
/// @param usual limits of users of whom the userdb says nothing
/// @param warnPercent who has more than so much of a limit is warned when he adds mail; 0: nobody. RFC 9208 4.3.1
/// @param admins users who may see and set everybody's quota
public record QuotaSettings(QuotaLimits usual, int warnPercent, Set<String> admins) {
    public static final QuotaSettings NONE = new QuotaSettings(QuotaLimits.NONE, 0, Set.of());

    public QuotaSettings {
        admins = Set.copyOf(admins);
    }
}
