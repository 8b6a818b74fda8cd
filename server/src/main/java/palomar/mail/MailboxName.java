package palomar.mail;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/// A mailbox name as the store keeps it: levels joined by `/`, Unicode in NFC, `INBOX` in capitals when it is the
/// first level. How it looks on the wire (modified UTF-7, a namespace's prefix and separator) is the protocol's
/// business.
///
/// Names are ordered INBOX first, then by code points, so that a parent stands before its children.
public record MailboxName(String value) implements Comparable<MailboxName> {
    public static final char SEPARATOR = '/';
    public static final MailboxName INBOX = new MailboxName("INBOX");

    /// Bytes of UTF-8 in a whole name.
    public static final int MAX_BYTES = 1024;

    /// Levels in a name.
    public static final int MAX_DEPTH = 32;

    /// A name checked for everything that would make it unusable: empty levels, control characters, lone
    /// surrogates,
    /// `*` and `%`, too long, too deep.
    ///
    /// @throws MailException CANNOT, with the reason
    public static MailboxName of(String text) {
        String name = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (name.isEmpty()) {
            throw refused("empty mailbox name");
        }
        if (name.charAt(0) == SEPARATOR || name.charAt(name.length() - 1) == SEPARATOR || name.contains("//")) {
            throw refused("empty level in mailbox name");
        }
        int depth = 1;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029) {
                throw refused("control character in mailbox name");
            }
            if (c == '*' || c == '%') {
                throw refused("wildcard in mailbox name");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == name.length()
                        || !Character.isLowSurrogate(name.charAt(i + 1))) {
                    throw refused("broken character in mailbox name");
                }
                i++;
            }
            if (c == SEPARATOR) {
                depth++;
            }
        }
        if (depth > MAX_DEPTH) {
            throw refused("mailbox name has more than " + MAX_DEPTH + " levels");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw refused("mailbox name is longer than " + MAX_BYTES + " bytes");
        }
        return new MailboxName(canonicalInbox(name));
    }

    private static String canonicalInbox(String name) {
        if (name.regionMatches(true, 0, "INBOX", 0, 5) && (name.length() == 5 || name.charAt(5) == SEPARATOR)) {
            return "INBOX" + name.substring(5);
        }
        return name;
    }

    private static MailException refused(String why) {
        return new MailException(MailError.CANNOT, why);
    }

    public boolean isInbox() {
        return value.equals("INBOX");
    }

    /// The name one level up, empty for a top-level name.
    public Optional<MailboxName> parent() {
        int cut = value.lastIndexOf(SEPARATOR);
        return cut < 0 ? Optional.empty() : Optional.of(new MailboxName(value.substring(0, cut)));
    }

    /// True when this name lies below `other`, at any depth.
    public boolean isBelow(MailboxName other) {
        return value.length() > other.value.length()
                && value.charAt(other.value.length()) == SEPARATOR
                && value.startsWith(other.value);
    }

    /// The name this one gets when `from`, itself or something above it, is renamed `to`.
    public MailboxName moved(MailboxName from, MailboxName to) {
        return equals(from) ? to : of(to.value + value.substring(from.value.length()));
    }

    @Override
    public int compareTo(MailboxName other) {
        boolean mine = value.startsWith("INBOX") && (isInbox() || value.charAt(5) == SEPARATOR);
        boolean theirs = other.value.startsWith("INBOX") && (other.isInbox() || other.value.charAt(5) == SEPARATOR);
        if (mine != theirs) {
            return mine ? -1 : 1;
        }
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
