package palomar.net;

import java.net.SocketAddress;
import java.time.Instant;

/// A live connection as `palomar who` shows it.
///
/// @param user empty before login
/// @param idle true while it waits between commands
/// @param bytesIn received from the network, with TLS overhead; approximate while the session runs
/// @param bytesOut sent to the network, likewise
public record ConnectionFacts(
        String id,
        String protocol,
        SocketAddress peer,
        String user,
        String state,
        Instant since,
        boolean secured,
        boolean idle,
        long bytesIn,
        long bytesOut) {}
