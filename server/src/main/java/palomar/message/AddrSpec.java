package palomar.message;

import java.util.List;
import java.util.Optional;

/// An address as a person must write it in a script or a setting: checked strictly, unlike those of real mail,
/// which are read by [AddressParser]. RFC 5322 3.4.1, with UTF-8 as in RFC 6532 3.2
///
/// @param local without quotes and backslashes; empty only when it was written `""`
/// @param domain a dotted name or an address literal with its brackets; never empty
public record AddrSpec(String local, String domain) {
    /// RFC 5321 4.5.3.1: octets of a path without its brackets. What is longer can't be sent anywhere.
    static final int MOST_LENGTH = 254;

    /// An address with the display name in front of it, which may be empty. RFC 5322 3.4 (mailbox)
    public record Mailbox(String name, AddrSpec address) {}

    /// Reads `local@domain`, blanks and comments around the words allowed; empty when it is anything else.
    public static Optional<AddrSpec> parse(String text) {
        try {
            AddrSpecReader reader = new AddrSpecReader(text);
            AddrSpec address = reader.addrSpec();
            reader.end();
            return Optional.of(address);
        } catch (AddrSpecReader.NoAddress wrong) {
            return Optional.empty();
        }
    }

    /// Reads `local@domain` or `display name <local@domain>`; empty when it is anything else.
    public static Optional<Mailbox> mailbox(String text) {
        return mailboxes(text).filter(list -> list.size() == 1).map(List::getFirst);
    }

    /// Reads one mailbox or several, divided by commas; empty when the text is anything else. RFC 5322 3.4
    /// (mailbox-list)
    public static Optional<List<Mailbox>> mailboxes(String text) {
        try {
            AddrSpecReader reader = new AddrSpecReader(text);
            List<Mailbox> list = reader.mailboxes();
            reader.end();
            return Optional.of(list);
        } catch (AddrSpecReader.NoAddress wrong) {
            return Optional.empty();
        }
    }

    /// The address as a header or a command has it, quoted only where it must be.
    @Override
    public String toString() {
        return (isDotAtom(local) ? local : quoted(local)) + "@" + domain;
    }

    /// Is it words with single dots between them? RFC 5322 3.2.3
    public static boolean isDotAtom(String text) {
        boolean dot = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' ? dot : !isAtext(c)) {
                return false;
            }
            dot = c == '.';
        }
        return !dot;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 4).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /// RFC 5322 3.2.3, RFC 6532 3.2
    static boolean isAtext(char c) {
        if (c >= 0x80) {
            return !Character.isISOControl(c) && !Character.isSpaceChar(c);
        }
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }
}
