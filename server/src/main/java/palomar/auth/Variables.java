package palomar.auth;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// A text with Dovecot's variables, taken apart once. Immutable.
///
/// `%u` `%n` `%d` `%s` `%r`, with `L` or `U` between for lower or upper case, and `%%`; the long forms
/// `%{user}`, `%{username}`, `%{domain}`, `%{service}` or `%{protocol}`, `%{remote_ip}` or `%{rip}`, each
/// with filters as in `%{user | username | lower}`. A user without a domain has an empty one.
public final class Variables {
    private interface Piece {
        String fill(UserQuery query);
    }

    private final List<Piece> pieces;

    private Variables(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /// Throws IllegalArgumentException, fit for the operator, for a variable or filter that does not exist
    public static Variables of(String text) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int percent = text.indexOf('%', at);
            int end = percent < 0 ? text.length() : percent;
            if (end > at) {
                String literal = text.substring(at, end);
                pieces.add(query -> literal);
            }
            at = percent < 0 ? end : variable(text, percent + 1, pieces);
        }
        return new Variables(List.copyOf(pieces));
    }

    /// The text for one user.
    public String fill(UserQuery query) {
        StringBuilder out = new StringBuilder();
        pieces.forEach(piece -> out.append(piece.fill(query)));
        return out.toString();
    }

    /// Reads what follows a percent sign; returns where it ends.
    private static int variable(String text, int at, List<Piece> pieces) {
        if (at < text.length() && text.charAt(at) == '{') {
            int close = text.indexOf('}', at);
            if (close < 0) {
                throw new IllegalArgumentException("'" + text + "': a %{ without its }");
            }
            pieces.add(piped(text.substring(at + 1, close)));
            return close + 1;
        }
        UnaryOperator<String> letters = UnaryOperator.identity();
        if (at < text.length() && (text.charAt(at) == 'L' || text.charAt(at) == 'U')) {
            letters = filter(text.charAt(at) == 'L' ? "lower" : "upper");
            at++;
        }
        if (at >= text.length()) {
            throw new IllegalArgumentException("'" + text + "': nothing follows the %; a percent sign is written %%");
        }
        Piece value = letter(text.charAt(at));
        UnaryOperator<String> change = letters;
        pieces.add(query -> change.apply(value.fill(query)));
        return at + 1;
    }

    private static Piece letter(char letter) {
        return switch (letter) {
            case '%' -> query -> "%";
            case 'u' -> named("user");
            case 'n' -> named("username");
            case 'd' -> named("domain");
            case 's' -> named("service");
            case 'r' -> named("remote_ip");
            default ->
                throw new IllegalArgumentException(
                        "%" + letter + " is no variable here: %u, %n, %d, %s, %r; a percent sign is written %%");
        };
    }

    private static Piece piped(String inside) {
        String[] parts = inside.split("\\|", -1);
        Piece piece = named(parts[0].strip());
        for (int i = 1; i < parts.length; i++) {
            Piece before = piece;
            UnaryOperator<String> filter = filter(parts[i].strip());
            piece = query -> filter.apply(before.fill(query));
        }
        return piece;
    }

    private static Piece named(String name) {
        return switch (name) {
            case "user" -> UserQuery::user;
            case "username" -> query -> localPart(query.user());
            case "domain" -> query -> domain(query.user());
            case "service", "protocol" -> UserQuery::service;
            case "remote_ip", "rip" ->
                query -> query.remote().map(Variables::address).orElse("");
            default ->
                throw new IllegalArgumentException(
                        "%{" + name + "} is no variable here: user, username, domain, service, protocol, remote_ip");
        };
    }

    private static UnaryOperator<String> filter(String name) {
        return switch (name) {
            case "username" -> Variables::localPart;
            case "domain" -> Variables::domain;
            case "lower" -> text -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text -> text.toUpperCase(Locale.ROOT);
            default ->
                throw new IllegalArgumentException("'" + name + "' is no filter here: username, domain, lower, upper");
        };
    }

    private static String localPart(String user) {
        int at = user.lastIndexOf('@');
        return at < 0 ? user : user.substring(0, at);
    }

    private static String domain(String user) {
        int at = user.lastIndexOf('@');
        return at < 0 ? "" : user.substring(at + 1);
    }

    private static String address(SocketAddress remote) {
        return remote instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : "";
    }
}
