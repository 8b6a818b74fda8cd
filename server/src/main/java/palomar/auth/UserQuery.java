package palomar.auth;

import java.net.SocketAddress;
import java.util.Optional;

/// What a database is asked about.
///
/// @param user the normalised name
/// @param service `imap`, `lmtp`, ...
/// @param remote the client's address; empty when nobody logs in (deliveries, operators)
public record UserQuery(String user, String service, Optional<SocketAddress> remote) {

    /// For deliveries and operators.
    public UserQuery(String user, String service) {
        this(user, service, Optional.empty());
    }

    /// The same question about another user.
    public UserQuery withUser(String other) {
        return other.equals(user) ? this : new UserQuery(other, service, remote);
    }
}
