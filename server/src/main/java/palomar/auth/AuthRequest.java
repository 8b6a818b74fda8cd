package palomar.auth;

import java.net.SocketAddress;
import java.util.Optional;
import palomar.sasl.Proof;

/// One attempt to enter, as the session knows it: with a password, or with a proof that its sender knows it.
///
/// @param service `imap`, `pop3`, ... as passdb filters name it
/// @param authcid whose password is checked
/// @param authzid whose mail is wanted; the same as `authcid` except for master users
/// @param password in UTF-8; the caller wipes it afterwards; empty where there is a proof
/// @param proof what was sent instead of the password
/// @param remote the client's address (after PROXY protocol), for limits and logs
/// @param secured true under TLS or from loopback
/// @param sessionId the id that stands in each log line of the session
public record AuthRequest(
        String service,
        String authcid,
        String authzid,
        byte[] password,
        Optional<Proof> proof,
        SocketAddress remote,
        boolean secured,
        String sessionId) {

    /// With a password.
    public AuthRequest(
            String service,
            String authcid,
            String authzid,
            byte[] password,
            SocketAddress remote,
            boolean secured,
            String sessionId) {
        this(service, authcid, authzid, password, Optional.empty(), remote, secured, sessionId);
    }

    @Override
    public String toString() {
        return "AuthRequest[" + service + ", " + authcid + "]";
    }
}
