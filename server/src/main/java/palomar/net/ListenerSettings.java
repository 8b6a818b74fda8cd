package palomar.net;

import java.util.List;

/// One listener, as the configuration says it.
///
/// @param protocol names the threads and log lines: `imap`, `lmtp`
/// @param implicitTls TLS from the first byte
/// @param mostConnections at once on this listener; at least 1
/// @param mostPerAddress at once from one client address (IPv6: one /64) over all listeners; not counted for
///     loopback and Unix sockets
/// @param proxies when not empty: every peer must be in one of these networks and begin with a PROXY header (v1 or
///     v2)
public record ListenerSettings(
        String protocol,
        Endpoint endpoint,
        boolean implicitTls,
        int mostConnections,
        int mostPerAddress,
        List<Cidr> proxies) {
    public ListenerSettings {
        proxies = List.copyOf(proxies);
        if (mostConnections < 1 || mostPerAddress < 1) {
            throw new IllegalArgumentException("a listener needs room for a connection");
        }
    }

    /// The defaults: 10,000 connections, 100 from one address, no proxy.
    public static ListenerSettings of(String protocol, Endpoint endpoint, boolean implicitTls) {
        return new ListenerSettings(protocol, endpoint, implicitTls, 10_000, 100, List.of());
    }
}
