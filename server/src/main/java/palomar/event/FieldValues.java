package palomar.event;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;

/// What of a field's value may stand in a log.
///
/// The last line of defence, not the first: code must not put secrets or message content into fields at all.
final class FieldValues {
    private static final int LONGEST = 1024;
    private static final List<String> SECRET =
            List.of("password", "passwd", "secret", "token", "credential", "authorization");

    private FieldValues() {}

    /// The value as text: secrets by name and bytes of any kind are replaced, long text is cut.
    static String print(String name, Object value) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String secret : SECRET) {
            if (lower.contains(secret)) {
                return "(hidden)";
            }
        }
        return switch (value) {
            case byte[] bytes -> "(" + bytes.length + " bytes)";
            case char[] chars -> "(" + chars.length + " chars)";
            // Java would put the host's name, or a bare slash, before the number.
            case InetSocketAddress peer when !peer.isUnresolved() -> host(peer.getAddress()) + ":" + peer.getPort();
            case InetAddress address -> address.getHostAddress();
            default -> cut(String.valueOf(value));
        };
    }

    private static String host(InetAddress address) {
        return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
    }

    static String cut(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "...(" + (text.length() - LONGEST) + " more)";
    }
}
