package palomar.auth;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import palomar.net.Cidr;

/// The field `allow_nets`: from where a user may log in.
///
/// @param local true when `local`, a Unix socket, is among them
record AllowedNetworks(List<Cidr> networks, boolean local) {

    /// Reads a comma list of networks, addresses and `local`.
    ///
    /// Throws IllegalArgumentException, fit for the operator; nobody may enter by a list that can't be read
    static AllowedNetworks parse(String list) {
        List<Cidr> networks = new ArrayList<>();
        boolean local = false;
        for (String entry : list.split(",", -1)) {
            String text = entry.strip();
            if (text.equals("local")) {
                local = true;
            } else if (!text.isEmpty()) {
                networks.add(network(text));
            }
        }
        return new AllowedNetworks(List.copyOf(networks), local);
    }

    /// The JDK takes `192.0.2` for 192.0.0.2, which is not what anybody means by it.
    private static Cidr network(String text) {
        boolean v6 = text.indexOf(':') >= 0;
        if (!v6 && text.chars().filter(c -> c == '.').count() != 3) {
            throw new IllegalArgumentException("'" + text + "' is no network: write 192.0.2.0/24 or 2001:db8::/32");
        }
        return Cidr.parse(text);
    }

    boolean contains(SocketAddress remote) {
        return switch (remote) {
            case InetSocketAddress inet
            when inet.getAddress() != null ->
                networks.stream().anyMatch(network -> network.contains(inet.getAddress()));
            case UnixDomainSocketAddress unix -> local;
            default -> false;
        };
    }
}
