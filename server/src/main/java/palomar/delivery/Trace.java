package palomar.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// The Received field that tells how a message came to us. RFC 5321 4.4
///
/// @param client what the client called itself; empty when it did not say
/// @param peer its address
/// @param protocol `LMTP`, `LMTPS`, `UTF8LMTP`, ... (RFC 3848, RFC 6531 4.3); empty when it came by none
/// @param id our session and the number of the message in it
/// @param onlyRecipient named only when there is one, so that nobody learns of the others
public record Trace(String client, SocketAddress peer, String protocol, String id, Optional<String> onlyRecipient) {

    /// The zone in digits: `GMT` is obsolete and must not be written. RFC 5322 3.3, 4.3
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.ENGLISH);

    /// As it stands in a Date field.
    public static String date(ZonedDateTime moment) {
        return DATE.format(moment);
    }

    /// The whole field with its CRLF.
    public String field(String host, ZonedDateTime now) {
        StringBuilder text = new StringBuilder(256).append("Received: ");
        if (!client.isEmpty()) {
            text.append("from ")
                    .append(word(client))
                    .append(" (")
                    .append(literal())
                    .append(")\r\n\t");
        }
        text.append("by ").append(word(host));
        if (!protocol.isEmpty()) {
            text.append(" with ").append(protocol);
        }
        text.append(" id ").append(id);
        onlyRecipient.ifPresent(
                address -> text.append("\r\n\tfor <").append(address).append('>'));
        return text.append(";\r\n\t").append(DATE.format(now)).append("\r\n").toString();
    }

    private String literal() {
        if (!(peer instanceof InetSocketAddress inet) || inet.getAddress() == null) {
            return "local";
        }
        InetAddress address = inet.getAddress();
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        return address.getAddress().length == 4 ? "[" + bare + "]" : "[IPv6:" + bare + "]";
    }

    /// A client may call itself anything; what would not be one word in a header becomes `?`.
    private static String word(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fine = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "-._:[]".indexOf(c) >= 0
                    || c >= 0xa0 && Character.isLetter(c);
            text.append(fine ? c : '?');
        }
        return text.toString();
    }
}
