package palomar.imap;

import java.text.Normalizer;

/// A pattern of LIST or LSUB: `*` stands for anything, `%` for anything but the separator. RFC 9051 6.3.9
///
/// Time is bounded by the lengths of pattern and name multiplied, however many wildcards there are.
final class ListPattern {
    private static final char SEPARATOR = '/';

    private final String pattern;
    private final boolean levels;

    ListPattern(String reference, String mailbox) {
        String whole = Normalizer.normalize(reference + mailbox, Normalizer.Form.NFC);
        this.pattern = collapsed(whole);
        this.levels = whole.endsWith("%");
    }

    /// Two wildcards side by side mean what the wider one means.
    private static String collapsed(String pattern) {
        StringBuilder out = new StringBuilder(pattern.length());
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            char before = out.isEmpty() ? 0 : out.charAt(out.length() - 1);
            boolean wild = c == '*' || c == '%';
            if (wild && (before == '*' || before == c)) {
                continue;
            }
            if (c == '*' && before == '%') {
                out.setLength(out.length() - 1);
            }
            out.append(c);
        }
        return out.toString();
    }

    /// True for the empty pattern, which asks for the separator.
    boolean isEmpty() {
        return pattern.isEmpty();
    }

    /// With `%` at its end a pattern asks for levels of hierarchy, which need not be mailboxes. RFC 3501 6.3.8
    boolean asksForLevels() {
        return levels;
    }

    /// INBOX matches in any case. RFC 9051 5.1
    boolean matches(String name) {
        if (matches(name, false)) {
            return true;
        }
        boolean inbox = name.startsWith("INBOX") && (name.length() == 5 || name.charAt(5) == SEPARATOR);
        return inbox && matches(name, true);
    }

    /// The usual walk with one step back to the last wildcard; `*` and `%` each keep their own place to go back
    /// to.
    private boolean matches(String name, boolean foldInbox) {
        int at = 0;
        int in = 0;
        int star = -1;
        int starName = 0;
        int percent = -1;
        int percentName = 0;
        while (in < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = ++at;
                starName = in;
                percent = -1;
            } else if (at < pattern.length() && pattern.charAt(at) == '%') {
                percent = ++at;
                percentName = in;
            } else if (at < pattern.length() && same(pattern.charAt(at), name.charAt(in), foldInbox && in < 5)) {
                at++;
                in++;
            } else if (percent >= 0 && name.charAt(percentName) != SEPARATOR) {
                at = percent;
                in = ++percentName;
            } else if (star >= 0) {
                at = star;
                in = ++starName;
                percent = -1;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && (pattern.charAt(at) == '*' || pattern.charAt(at) == '%')) {
            at++;
        }
        return at == pattern.length();
    }

    private static boolean same(char wanted, char there, boolean anyCase) {
        return wanted == there || anyCase && Character.toUpperCase(wanted) == there;
    }
}
