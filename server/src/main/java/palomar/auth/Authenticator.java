package palomar.auth;

import java.util.Optional;

/// The door: what sessions see of passdb and userdb chains. Safe for many threads; calls may block on a
/// database and include the penalty delay for the address.
public interface Authenticator {

    /// Checks a password and finds the user.
    AuthResult authenticate(AuthRequest request);

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
