package palomar.managesieve;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import palomar.auth.UserRecord;

/// On which other server a user's scripts are, as his userdb fields say. RFC 5804 1.3, 3
///
/// `sieve_referral`: a host, a host with port or a Sieve URL of a server. Without it the host of `referral`, by
/// which IMAP sends him away as a whole; a port there is IMAP's.
final class Referral {
    private static final String SCHEME = "sieve://";
    // RFC 5804 3: ochar without what ends a user, or in a response code looks like its end.
    private static final String UNRESERVED = "-._~!$'*+,";

    private Referral() {}

    /// A Sieve URL of a server that names the user; empty: his scripts are here.
    static Optional<String> of(UserRecord user) {
        Optional<String> own = user.field("sieve_referral").map(Referral::withoutScheme);
        Optional<String> general =
                user.field("referral").map(Referral::withoutScheme).map(Referral::withoutPort);
        return own.or(() -> general)
                .map(Referral::authority)
                .filter(Referral::isAuthority)
                .map(where -> SCHEME + (where.indexOf('@') >= 0 ? where : encoded(user.name()) + "@" + where));
    }

    private static String withoutScheme(String text) {
        int scheme = text.indexOf("://");
        return scheme < 0 ? text : text.substring(scheme + 3);
    }

    private static String authority(String text) {
        int path = text.indexOf('/');
        return path < 0 ? text : text.substring(0, path);
    }

    /// And without a user: that one is of IMAP's form, with `;AUTH=` and the like.
    private static String withoutPort(String text) {
        String place = authority(text);
        String host = place.substring(place.lastIndexOf('@') + 1);
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    /// Nothing that would end the response code.
    private static boolean isAuthority(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "()\"\\{}?#".indexOf(c) < 0);
    }

    private static String encoded(String user) {
        StringBuilder out = new StringBuilder();
        for (byte b : user.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || UNRESERVED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(digit(c >> 4)).append(digit(c & 15));
            }
        }
        return out.toString();
    }

    private static char digit(int value) {
        return Character.toUpperCase(Character.forDigit(value, 16));
    }
}
