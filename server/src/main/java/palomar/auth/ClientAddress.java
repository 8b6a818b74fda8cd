package palomar.auth;

import java.net.SocketAddress;
import java.util.Optional;
import palomar.sasl.Proof;

/// Who is at the other end of a session that wants to log in.
///
/// @param service `imap`, `pop3`, ... as passdb filters name it
/// @param remote the client's address (after PROXY protocol)
/// @param secured true under TLS or from loopback
/// @param sessionId the id that stands in each log line of the session
public record ClientAddress(String service, SocketAddress remote, boolean secured, String sessionId) {

    /// An attempt of this client with a password; the caller wipes the password afterwards.
    public AuthRequest request(String authcid, String authzid, byte[] password) {
        return new AuthRequest(service, authcid, authzid, password, remote, secured, sessionId);
    }

    /// An attempt of this client with a proof.
    public AuthRequest request(String authcid, String authzid, Proof proof) {
        return new AuthRequest(service, authcid, authzid, new byte[0], Optional.of(proof), remote, secured, sessionId);
    }
}
