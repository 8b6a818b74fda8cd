package palomar.auth;

import java.util.Set;
import palomar.password.ScramHash;

/// A database of passwords. Implementations are safe for many threads; calls may block.
///
/// Contract (`PassDbContract`): names are compared exactly; what the database does not know is
/// [PassAnswer.Unknown], and what it can't tell now is [PassAnswer.Unavailable]: no exception and no guess.
public interface PassDb {
    /// For logs: driver and, where it helps, which one.
    String name();

    /// What is stored of a user, without a password to compare.
    PassAnswer find(UserQuery query);

    /// The same for a login. Databases that compare by themselves (PAM, LDAP bind) override it; others leave the
    /// comparing to the chain.
    ///
    /// @param password the octets sent; must not be kept or changed
    default PassAnswer verify(UserQuery query, byte[] password) {
        return find(query);
    }

    /// The hashes for which every user in it has SCRAM keys or a password in clear; none when it can't tell.
    default Set<ScramHash> scram() {
        return Set.of();
    }
}
