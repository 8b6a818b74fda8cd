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
                networks.add(Cidr.parse(text));
            }
        }
        return new AllowedNetworks(List.copyOf(networks), local);
    }

    boolean contains(SocketAddress remote) {
        return switch (remote) {
            case InetSocketAddress inet when inet.getAddress() != null ->
                networks.stream().anyMatch(network -> network.contains(inet.getAddress()));
            case UnixDomainSocketAddress unix -> local;
            default -> false;
        };
    }
}
