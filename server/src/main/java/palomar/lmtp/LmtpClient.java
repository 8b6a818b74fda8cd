package palomar.lmtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;

/// Who is at the other end: what the connection shows, unless a trusted relay said otherwise by XCLIENT.
///
/// @param name what it calls itself; empty when it has not said
/// @param address of the client
/// @param login the user that the relay authenticated, for the log
record LmtpClient(String name, SocketAddress address, Optional<String> login) {

    LmtpClient named(String changed) {
        return new LmtpClient(changed, address, login);
    }

    /// Takes over what XCLIENT says; empty when a value can't be. What is unknown to us is passed over: relays
    /// send more than we use.
    Optional<LmtpClient> introduced(Map<String, String> attributes) {
        InetAddress host =
                address instanceof InetSocketAddress inet ? inet.getAddress() : InetAddress.getLoopbackAddress();
        int port = address instanceof InetSocketAddress inet ? inet.getPort() : 0;
        boolean moved = false;
        try {
            String addr = attributes.get("ADDR");
            if (addr != null) {
                host = InetAddress.ofLiteral(addr.regionMatches(true, 0, "IPV6:", 0, 5) ? addr.substring(5) : addr);
                moved = true;
            }
            String said = attributes.get("PORT");
            if (said != null) {
                port = Integer.parseInt(said);
                moved = true;
            }
            SocketAddress there = moved ? new InetSocketAddress(host, port) : address;
            return Optional.of(new LmtpClient(
                    attributes.getOrDefault("HELO", name),
                    there,
                    Optional.ofNullable(attributes.get("LOGIN")).or(() -> login)));
        } catch (IllegalArgumentException bad) {
            return Optional.empty();
        }
    }
}
