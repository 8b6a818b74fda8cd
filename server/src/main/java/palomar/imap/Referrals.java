package palomar.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palomar.auth.UserRecord;
import palomar.imap.proto.Command;
import palomar.imap.proto.ResponseCode;
import palomar.mail.MailException;
import palomar.mail.MailboxName;

/// Where else mail of a user is, as his userdb fields say. RFC 2221, RFC 2193
///
/// `referral`: a host, a host with port or an IMAP URL; all of his mail is there. `mailbox_referrals`: single
/// mailboxes,
/// `Shared/News=imap://two.example/News|imap://three.example/News,Old=...`; in names, what would end them stands
/// as
/// `%2C`, `%3D` or `%20`. A mailbox goes with all that is below it. Immutable.
final class Referrals {
    static final Referrals NONE = new Referrals(Map.of());

    private static final String SCHEME = "imap://";
    private static final String UNRESERVED = "-._~!$'()*+,&="; // RFC 5092 11: achar, without what only paths have

    private final Map<MailboxName, List<String>> remote;

    private Referrals(Map<MailboxName, List<String>> remote) {
        this.remote = remote;
    }

    /// The server to which a user is sent as a whole.
    static Optional<String> home(UserRecord user) {
        return user.field("referral")
                .filter(Referrals::isPrintable)
                .map(where -> where.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? where : SCHEME + where + "/")
                .map(url -> withUser(url, user.name()));
    }

    /// What can be no name or no URL is passed over: the rest of a user's mail must stay within reach.
    static Referrals of(UserRecord user) {
        Map<MailboxName, List<String>> remote = new LinkedHashMap<>();
        for (String entry : user.field("mailbox_referrals").orElse("").split(",")) {
            int cut = entry.indexOf('=');
            if (cut > 0) {
                List<String> urls = urls(entry.substring(cut + 1), user.name());
                name(entry.substring(0, cut)).filter(name -> !urls.isEmpty()).ifPresent(name -> remote.put(name, urls));
            }
        }
        return remote.isEmpty() ? NONE : new Referrals(remote);
    }

    private static Optional<MailboxName> name(String encoded) {
        try {
            return Optional.of(MailboxName.of(decoded(encoded))).filter(name -> !name.isInbox());
        } catch (MailException noName) {
            return Optional.empty();
        }
    }

    private static List<String> urls(String list, String user) {
        List<String> urls = new ArrayList<>();
        for (String url : list.split("\\|")) {
            if (url.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) && isPrintable(url)) {
                urls.add(withUser(url, user));
            }
        }
        return urls;
    }

    /// In a response code a space would end the URL, a bracket the code.
    private static boolean isPrintable(String url) {
        return !url.isEmpty() && url.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ']' && c != '"' && c != '\\');
    }

    /// Names the user, so that no client tries it as anonymous. RFC 2221 3
    private static String withUser(String url, String user) {
        int authority = SCHEME.length();
        int end = url.indexOf('/', authority);
        boolean hasUser = (end < 0 ? url : url.substring(0, end)).indexOf('@') >= 0;
        return hasUser
                ? url
                : url.substring(0, authority) + encoded(user, false) + ";AUTH=*@" + url.substring(authority);
    }

    /// Names that are elsewhere.
    Set<MailboxName> names() {
        return remote.keySet();
    }

    boolean isRemote(MailboxName name) {
        return !urls(name).isEmpty();
    }

    /// Where a mailbox is, in order of preference; empty: here.
    private List<String> urls(MailboxName name) {
        for (Map.Entry<MailboxName, List<String>> entry : remote.entrySet()) {
            MailboxName top = entry.getKey();
            if (name.equals(top)) {
                return entry.getValue();
            }
            if (name.isBelow(top)) {
                String rest = encoded(name.value().substring(top.value().length()), true);
                return entry.getValue().stream().map(url -> url + rest).toList();
            }
        }
        return List.of();
    }

    /// The answer to a command that is about a mailbox elsewhere; empty for all others. RFC 2193 4.1
    Optional<Reply> refer(Command command) {
        if (remote.isEmpty()) {
            return Optional.empty();
        }
        return switch (command) {
            case Command.Select select -> refer(select.mailbox());
            case Command.Examine examine -> refer(examine.mailbox());
            case Command.Create create -> refer(create.mailbox());
            case Command.Delete delete -> refer(delete.mailbox());
            case Command.Status status -> refer(status.mailbox());
            case Command.Append append -> refer(append.mailbox());
            case Command.Replace replace -> refer(replace.mailbox());
            case Command.Copy copy -> refer(copy.mailbox());
            case Command.Move move -> refer(move.mailbox());
            case Command.Rename rename -> rename(rename);
            default -> Optional.empty(); // the many that are about no mailbox; SUBSCRIBE is done here
        };
    }

    private Optional<Reply> refer(String mailbox) {
        List<String> urls = urls(Names.of(mailbox));
        return urls.isEmpty() ? Optional.empty() : Optional.of(referred(urls));
    }

    private static Reply referred(List<String> urls) {
        return Reply.no(new ResponseCode.Referral(urls), "that mailbox is on another server");
    }

    /// Pairs of the old and the new name. RFC 2193 4.3
    private Optional<Reply> rename(Command.Rename command) {
        List<String> from = urls(Names.of(command.from()));
        List<String> to = urls(Names.of(command.to()));
        if (from.isEmpty() && to.isEmpty()) {
            return Optional.empty();
        }
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.of(Reply.no(ResponseCode.Plain.CANNOT, "can't rename between this server and another"));
        }
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(from.size(), to.size()); i++) {
            pairs.add(from.get(i));
            pairs.add(to.get(i));
        }
        return Optional.of(referred(pairs));
    }

    /// Percent-encoding. RFC 5092 11
    private static String encoded(String text, boolean path) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || UNRESERVED.indexOf(c) >= 0 || path && c == '/') {
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

    private static String decoded(String text) {
        byte[] bytes = new byte[text.getBytes(StandardCharsets.UTF_8).length];
        int length = 0;
        for (int i = 0; i < text.length(); ) {
            int high = text.charAt(i) == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            if (low >= 0) {
                bytes[length++] = (byte) (high << 4 | low);
                i += 3;
                continue;
            }
            int end = text.offsetByCodePoints(i, 1);
            byte[] one = text.substring(i, end).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(one, 0, bytes, length, one.length);
            length += one.length;
            i = end;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
