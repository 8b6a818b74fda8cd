package palomar.auth;

import java.net.SocketAddress;

/// One attempt to enter, as the session knows it.
///
/// @param service `imap`, `pop3`, ... as passdb filters name it
/// @param authcid whose password is checked
/// @param authzid whose mail is wanted; the same as `authcid` except for master users
/// @param password in UTF-8; the caller wipes it afterwards
/// @param remote the client's address (after PROXY protocol), for limits and logs
/// @param secured true under TLS or from loopback
/// @param sessionId the id that stands in each log line of the session
public record AuthRequest(
        String service,
        String authcid,
        String authzid,
        byte[] password,
        SocketAddress remote,
        boolean secured,
        String sessionId) {
    @Override
    public String toString() {
        return "AuthRequest[" + service + ", " + authcid + "]";
    }
}
