package palomar.net;

import java.util.Optional;

/// What a TLS handshake agreed on.
///
/// @param protocol `TLSv1.3`
/// @param cipher the suite's name in the IANA registry
/// @param serverName the name that the client asked for (SNI)
/// @param clientName the common name of a client certificate that was verified, else empty
/// @param byProxy a trusted proxy in front of us ended TLS and told us so
public record TlsFacts(
        String protocol, String cipher, Optional<String> serverName, Optional<String> clientName, boolean byProxy) {}
