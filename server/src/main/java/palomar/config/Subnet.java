package palomar.config;

import java.net.InetAddress;
import java.util.Optional;

/// A network in CIDR form (`10.0.0.0/8`, `2001:db8::/32`) or a single address. Names are not taken: they would
/// need DNS.
///
/// @param prefix leading bits that must be equal, 0 to 32 or 128
public record Subnet(InetAddress address, int prefix) {

    /// Empty: not a network.
    public static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
        int bits = address.getAddress().length * 8;
        long prefix = slash < 0 ? bits : Digits.parse(text.substring(slash + 1));
        return prefix < 0 || prefix > bits ? Optional.empty() : Optional.of(new Subnet(address, (int) prefix));
    }

    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] its = other.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        for (int i = 0; i < prefix; i++) {
            int mask = 0x80 >> i % 8;
            if ((mine[i / 8] & mask) != (its[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
