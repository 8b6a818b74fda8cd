package palomar.auth;

import java.time.Duration;
import java.util.List;
import palomar.net.Cidr;

/// Settings of the door.
///
/// @param names what user names may look like
/// @param failureDelay from the request to the answer of a failed login, at least; zero for no delay
/// @param maxPenalty the longest that an address waits before its next attempt is looked at: it starts at
///     `failureDelay` and doubles with each failure; zero turns it off
/// @param penaltyDecay after this long without a failure an address is one step better off
/// @param penaltyEntries addresses (IPv6: /64 networks) remembered
/// @param trusted networks whose addresses never wait for a penalty: webmail, monitoring
/// @param cacheTtl how long a verified password need not be computed again; zero for never
/// @param cacheEntries verified passwords remembered; zero for none
public record AuthSettings(
        UserNames names,
        Duration failureDelay,
        Duration maxPenalty,
        Duration penaltyDecay,
        int penaltyEntries,
        List<Cidr> trusted,
        Duration cacheTtl,
        int cacheEntries) {
    /// As Dovecot: 2 s, and 2, 4, 8, then 15 s for an address.
    public static final AuthSettings DEFAULT = new AuthSettings(
            UserNames.DEFAULT,
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            100_000,
            List.of(),
            Duration.ofHours(1),
            10_000);

    public AuthSettings {
        trusted = List.copyOf(trusted);
        if (failureDelay.isNegative() || maxPenalty.isNegative() || cacheTtl.isNegative()) {
            throw new IllegalArgumentException("a delay can't be negative");
        }
        if (!penaltyDecay.isPositive() || penaltyEntries < 1 || cacheEntries < 0) {
            throw new IllegalArgumentException("penalties need a time and room");
        }
    }

    public AuthSettings withNames(UserNames other) {
        return new AuthSettings(
                other, failureDelay, maxPenalty, penaltyDecay, penaltyEntries, trusted, cacheTtl, cacheEntries);
    }

    public AuthSettings withDelays(Duration failure, Duration penalty) {
        return new AuthSettings(names, failure, penalty, penaltyDecay, penaltyEntries, trusted, cacheTtl, cacheEntries);
    }

    public AuthSettings withCache(Duration ttl, int entries) {
        return new AuthSettings(names, failureDelay, maxPenalty, penaltyDecay, penaltyEntries, trusted, ttl, entries);
    }

    public AuthSettings withTrusted(List<Cidr> networks) {
        return new AuthSettings(
                names, failureDelay, maxPenalty, penaltyDecay, penaltyEntries, networks, cacheTtl, cacheEntries);
    }
}
