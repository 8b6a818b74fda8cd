package palomar.auth;

import java.util.Optional;
import java.util.Set;
import palomar.password.ScramHash;

/// The door: what sessions see of passdb and userdb chains. Safe for many threads; calls may block on a
/// database and include the penalty delay for the address.
public interface Authenticator {

    /// Checks a password, or a proof of it, and finds the user.
    AuthResult authenticate(AuthRequest request);

    /// The hashes for which every user here has SCRAM keys, so that SCRAM may be announced: a client that prefers
    /// it must not fail where the password itself would have been good.
    default Set<ScramHash> scram() {
        return Set.of();
    }

    /// The salt of a user's SCRAM keys; a made up one, always the same, for who has none or does not exist.
    default ScramSalt salt(ScramHash hash, ClientAddress client, String authcid) {
        throw new IllegalStateException("this door knows no keys");
    }

    /// Finds a user without a password, for deliveries and operators; empty: no such user.
    ///
    /// Throws MailException UNAVAILABLE when a database is away
    Optional<UserRecord> lookup(String service, String user);

    /// The spelling under which a user of that name would have his mail, whether he exists or not; empty: there
    /// can be no such user. Asks no database.
    default Optional<String> spelling(String user) {
        return Optional.of(user);
    }
}
