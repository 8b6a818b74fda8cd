package palomar.pop3;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;

/// What XCLIENT says of the client behind a trusted proxy.
final class Pop3Proxy {
    private Pop3Proxy() {}

    /// The client's address; empty when it can't be one. What we don't use is passed over.
    ///
    /// @param known the address as it is known so far
    static Optional<SocketAddress> client(SocketAddress known, Map<String, String> attributes) {
        InetAddress host =
                known instanceof InetSocketAddress inet ? inet.getAddress() : InetAddress.getLoopbackAddress();
        int port = known instanceof InetSocketAddress inet ? inet.getPort() : 0;
        String address = attributes.get("ADDR");
        String number = attributes.get("PORT");
        if (address == null && number == null) {
            return Optional.of(known);
        }
        try {
            if (address != null) {
                boolean prefixed = address.regionMatches(true, 0, "IPV6:", 0, 5);
                host = InetAddress.ofLiteral(prefixed ? address.substring(5) : address);
            }
            return Optional.of(new InetSocketAddress(host, number == null ? port : Integer.parseInt(number)));
        } catch (IllegalArgumentException bad) {
            return Optional.empty();
        }
    }
}
