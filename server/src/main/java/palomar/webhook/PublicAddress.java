package palomar.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;

/// Tells addresses of the public Internet from those of a network of one's own. RFC 6890, RFC 4291 2.4
final class PublicAddress {
    private PublicAddress() {}

    static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127; // shared by a provider's customers: RFC 6598
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 -> second != 168 && !(second == 0 && (third == 0 || third == 2)) && !(second == 88 && third == 99);
            case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
            case 203 -> !(second == 0 && third == 113);
            default -> first < 224; // then multicast and what is reserved
        };
    }

    /// Only global unicast, without what leads into IPv4 or nowhere.
    private static boolean isPublic6(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        if (first < 0x2000 || first > 0x3fff || first == 0x2002 || first == 0x3fff) {
            return false;
        }
        return first != 0x2001 || second >= 0x0200 && second != 0x0db8;
    }
}
