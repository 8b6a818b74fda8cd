package palomar.message.edit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.message.AddrSpec;
import palomar.message.Address;
import palomar.message.AddressParser;
import palomar.message.Charsets;
import palomar.message.HeaderText;
import palomar.message.RawText;

/// One address of a header field or an envelope, as the tests of scripts look at it. Immutable.
///
/// @param name display name, decoded; empty when there is none
/// @param address null when what stands there is no valid address: it lacks a part, or its domain can't be one
/// @param written the address as it stands there, without its name, comments and blanks
public record MailAddress(String name, @Nullable AddrSpec address, String written) {
    private static final int MOST = 10_000;

    /// The addresses in an unfolded value, one char a byte; members of groups are addresses like others, names of
    /// groups are none. Never fails. RFC 5228 5.1
    public static List<MailAddress> list(String value) {
        List<MailAddress> found = new ArrayList<>(2);
        for (Address each : AddressParser.parse(value, MOST)) {
            if (!each.isGroupMark()) {
                found.add(of(each));
            }
        }
        return List.copyOf(found);
    }

    /// An address of an envelope: bare, or in angle brackets. The null sender is written as the empty text and has
    /// no address.
    public static MailAddress ofPath(String path) {
        boolean bracketed = path.startsWith("<") && path.endsWith(">");
        String bare = bracketed ? path.substring(1, path.length() - 1) : path;
        return new MailAddress("", AddrSpec.parse(bare).orElse(null), bare);
    }

    private static MailAddress of(Address raw) {
        String name = raw.name() == null ? "" : HeaderText.decode(raw.name());
        String local = decoded(raw.mailbox());
        String domain = decoded(raw.host());
        if (!local.isEmpty() && isDomain(domain) && !hasControls(local)) {
            AddrSpec address = new AddrSpec(local, domain);
            return new MailAddress(name, address, address.toString());
        }
        return new MailAddress(name, null, domain.isEmpty() ? local : local + "@" + domain);
    }

    private static String decoded(@Nullable String raw) {
        if (raw == null) {
            return "";
        }
        return RawText.isAscii(raw) ? raw : Charsets.guess(RawText.bytes(raw));
    }

    /// Words with dots between them, or a literal in brackets. RFC 5322 3.4.1
    private static boolean isDomain(String text) {
        int length = text.length();
        if (length > 2 && text.charAt(0) == '[') {
            return text.charAt(length - 1) == ']' && text.indexOf(']') == length - 1 && !hasControls(text);
        }
        return AddrSpec.isDotAtom(text);
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
