package palomar.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads addresses strictly, without recursion and each character once. One thread.
final class AddrSpecReader {
    /// The text is no address.
    static final class NoAddress extends Exception {
        private static final long serialVersionUID = 1;

        NoAddress() {
            super("no address", null, false, false);
        }
    }

    private final String text;
    private int at;

    AddrSpecReader(String text) {
        this.text = text;
    }

    List<AddrSpec.Mailbox> mailboxes() throws NoAddress {
        List<AddrSpec.Mailbox> list = new ArrayList<>();
        do {
            list.add(mailbox());
        } while (skip(','));
        return list;
    }

    private AddrSpec.Mailbox mailbox() throws NoAddress {
        int start = at;
        StringBuilder name = new StringBuilder();
        blanks();
        while (at < text.length() && text.charAt(at) != '<') {
            char c = text.charAt(at);
            if (c == '@') {
                at = start;
                return new AddrSpec.Mailbox("", addrSpec());
            }
            name.append(name.isEmpty() || c == '.' ? "" : " ").append(c == '"' ? quotedString() : word(c));
            blanks();
        }
        require('<');
        AddrSpec address = addrSpec();
        require('>');
        blanks();
        return new AddrSpec.Mailbox(name.toString(), address);
    }

    /// A word of a display name; a lone dot, as in `John Q. Public`, joins the word before it. RFC 5322 4.1
    private String word(char first) throws NoAddress {
        if (first == '.') {
            at++;
            return ".";
        }
        return atom();
    }

    AddrSpec addrSpec() throws NoAddress {
        blanks();
        String local = at < text.length() && text.charAt(at) == '"' ? quotedString() : dotAtom();
        blanks();
        require('@');
        blanks();
        String domain = at < text.length() && text.charAt(at) == '[' ? literal() : dotAtom();
        blanks();
        AddrSpec address = new AddrSpec(local, domain);
        if (address.toString().getBytes(StandardCharsets.UTF_8).length > AddrSpec.MOST_LENGTH) {
            throw new NoAddress();
        }
        return address;
    }

    void end() throws NoAddress {
        blanks();
        if (at < text.length()) {
            throw new NoAddress();
        }
    }

    private String dotAtom() throws NoAddress {
        int from = at;
        do {
            atom();
        } while (skip('.'));
        return text.substring(from, at);
    }

    private String atom() throws NoAddress {
        int from = at;
        while (at < text.length() && AddrSpec.isAtext(text.charAt(at))) {
            at++;
        }
        if (at == from) {
            throw new NoAddress();
        }
        return text.substring(from, at);
    }

    private String quotedString() throws NoAddress {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            if (Character.isISOControl(c) && c != '\t') {
                throw new NoAddress();
            }
            value.append(c);
        }
        throw new NoAddress();
    }

    /// `[192.0.2.1]`, `[IPv6:2001:db8::1]`. RFC 5322 3.4.1 (domain-literal)
    private String literal() throws NoAddress {
        int from = at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == ']') {
                return text.substring(from, at);
            }
            if (c <= ' ' || c == '[' || c == '\\' || c >= 0x7f) {
                throw new NoAddress();
            }
        }
        throw new NoAddress();
    }

    /// Blanks, folded line ends and comments. RFC 5322 3.2.2
    private void blanks() throws NoAddress {
        int depth = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '(') {
                depth++;
            } else if (depth > 0 && c == ')') {
                depth--;
            } else if (depth > 0 && c == '\\') {
                at++;
            } else if (depth == 0 && !isBlank(c)) {
                return;
            }
        }
        if (depth > 0) {
            throw new NoAddress();
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private boolean skip(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void require(char c) throws NoAddress {
        if (!skip(c)) {
            throw new NoAddress();
        }
    }
}
