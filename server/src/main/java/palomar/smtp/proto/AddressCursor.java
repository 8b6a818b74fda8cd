package palomar.smtp.proto;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Walks over the bytes of one command line. Addresses are taken as real mail has them: dots anywhere in a local
/// part, underscores in domains. RFC 5321 4.1.2
final class AddressCursor {
    private static final int MOST_LOCAL = 256;
    private static final int MOST_DOMAIN = 255;

    private final byte[] line;
    private final int end;
    private int at;

    AddressCursor(byte[] line, int from, int end) {
        this.line = line;
        this.at = from;
        this.end = end;
    }

    static boolean isAtext(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c < 0x80 && "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
    }

    boolean atEnd() {
        return at == end;
    }

    /// The next byte, or -1 at the end.
    int peek() {
        return at == end ? -1 : line[at] & 0xff;
    }

    boolean skip(int wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    /// True when something was there to skip.
    boolean skipSpaces() {
        int from = at;
        while (skip(' ') || skip('\t')) {
            // until none is left
        }
        return at > from;
    }

    /// Letters of a verb or keyword, in capitals; skipped when they are the next.
    boolean skipWord(String capitals) {
        if (end - at < capitals.length()) {
            return false;
        }
        for (int i = 0; i < capitals.length(); i++) {
            int c = line[at + i];
            int upper = c >= 'a' && c <= 'z' ? c - 32 : c;
            if (upper != capitals.charAt(i)) {
                return false;
            }
        }
        at += capitals.length();
        return true;
    }

    /// Everything to the next space, as text; empty when there is none.
    String token() throws BadArgument {
        int from = at;
        while (at < end && line[at] != ' ' && line[at] != '\t') {
            at++;
        }
        return text(from, at);
    }

    /// Everything to the next space or `stop`.
    String tokenTo(int stop) throws BadArgument {
        int from = at;
        while (at < end && line[at] != ' ' && line[at] != '\t' && line[at] != stop) {
            at++;
        }
        return text(from, at);
    }

    /// Everything to the end.
    String rest() throws BadArgument {
        int from = at;
        at = end;
        return text(from, end);
    }

    /// As [#token()], but never as text, which could not be wiped.
    byte[] secretToken() {
        int from = at;
        while (at < end && line[at] != ' ' && line[at] != '\t') {
            at++;
        }
        return Arrays.copyOfRange(line, from, at);
    }

    private String text(int from, int to) throws BadArgument {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw BadArgument.syntax("text beyond ASCII must be UTF-8");
        }
    }

    /// `<` path `>`; `orNull` allows `<>`. A source route is skipped, as it must be: RFC 5321 C
    SmtpPath path(boolean orNull) throws BadArgument {
        if (!skip('<')) {
            throw BadArgument.syntax("an address in angle brackets expected: <user@example.org>");
        }
        if (orNull && skip('>')) {
            return SmtpPath.NULL;
        }
        skipRoute();
        String local = peek() == '"' ? quotedLocal() : dotLocal();
        String domain = skip('@') ? domain() : "";
        if (!skip('>')) {
            throw BadArgument.syntax("no '>' where the address ends");
        }
        return new SmtpPath(local, domain);
    }

    private void skipRoute() throws BadArgument {
        if (peek() != '@') {
            return;
        }
        while (skip('@')) {
            domain();
            skip(',');
        }
        if (!skip(':')) {
            throw BadArgument.syntax("no ':' behind the source route");
        }
    }

    private String dotLocal() throws BadArgument {
        int from = at;
        while (at < end && (isAtext(line[at] & 0xff) || line[at] == '.' || line[at] < 0)) {
            at++;
        }
        return checked(text(from, at), MOST_LOCAL, "local part");
    }

    private String quotedLocal() throws BadArgument {
        at++;
        byte[] plain = new byte[end - at];
        int length = 0;
        while (true) {
            int c = peek();
            if (c < 0 || c < ' ' || c == 0x7f) {
                throw BadArgument.syntax("a quoted local part that does not end");
            }
            at++;
            if (c == '"') {
                break;
            }
            if (c == '\\') {
                c = peek();
                if (c < ' ' || c >= 0x7f) {
                    throw BadArgument.syntax("a backslash that quotes nothing");
                }
                at++;
            }
            plain[length++] = (byte) c;
        }
        AddressCursor whole = new AddressCursor(plain, 0, length);
        return checked(whole.text(0, length), MOST_LOCAL, "local part");
    }

    private String domain() throws BadArgument {
        int from = at;
        if (skip('[')) {
            while (at < end && isLiteral(line[at])) {
                at++;
            }
            if (at == from + 1 || !skip(']')) {
                throw BadArgument.syntax("an address literal that is none");
            }
        } else {
            while (at < end && isDomain(line[at])) {
                at++;
            }
        }
        return checked(text(from, at), MOST_DOMAIN, "domain");
    }

    private static boolean isDomain(byte c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c < 0;
    }

    /// RFC 5321 4.1.3: dcontent
    private static boolean isLiteral(byte c) {
        return c > ' ' && c < 0x7f && c != '[' && c != '\\' && c != ']' && c != '>';
    }

    private static String checked(String text, int most, String what) throws BadArgument {
        if (text.isEmpty()) {
            throw BadArgument.syntax("an address without a " + what);
        }
        if (text.length() > most) {
            throw BadArgument.syntax("a " + what + " of more than " + most + " characters");
        }
        // UTF-8 can bring in C1 controls; lines that we print later must not have them.
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw BadArgument.syntax("a control character in a " + what);
        }
        return text;
    }
}
