package palomar.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;

/// A network: an address and how many of its leading bits count. Immutable.
public record Cidr(InetAddress network, int bits) {

    public Cidr {
        if (bits < 0 || bits > network.getAddress().length * 8) {
            throw new IllegalArgumentException("a prefix of " + bits + " bits for " + network.getHostAddress());
        }
    }

    /// Reads `192.0.2.0/24`, `2001:db8::/32` or a single address. Asks no name server.
    ///
    /// @throws IllegalArgumentException with a text for the operator
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress network;
        try {
            network = InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is no network: write 192.0.2.0/24 or 2001:db8::/32", e);
        }
        if (slash < 0) {
            return new Cidr(network, network.getAddress().length * 8);
        }
        try {
            return new Cidr(network, Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' has no number of bits after the slash", e);
        }
    }

    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] his = address.getAddress();
        if (mine.length != his.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != his[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        int mask = 0xff00 >> rest & 0xff;
        return rest == 0 || (mine[whole] & mask) == (his[whole] & mask);
    }

    /// True when a peer is in one of the networks. A Unix socket's peer is trusted by its file mode.
    public static boolean anyContains(List<Cidr> networks, SocketAddress peer) {
        return switch (peer) {
            case InetSocketAddress inet
            when inet.getAddress() != null -> {
                for (Cidr network : networks) {
                    if (network.contains(inet.getAddress())) {
                        yield true;
                    }
                }
                yield false;
            }
            case UnixDomainSocketAddress unix -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + bits;
    }
}
