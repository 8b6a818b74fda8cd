package palomar.pop3;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import palomar.message.edit.EncodedWord;

/// A header in UTF-8 (RFC 6532) for a client that knows only ASCII: what is beyond it stands in encoded words
/// (RFC 2047), so that people can read it and programs find no letter they don't know. Fields in ASCII stay as
/// they are. An address beyond ASCII can be read and not be answered. RFC 6856 2.1
public final class AsciiHeader {
    private static final int MOST_LINE = 76;
    private static final Set<String> ADDRESSES = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "resent-from",
            "resent-sender",
            "resent-reply-to",
            "resent-to",
            "resent-cc",
            "resent-bcc",
            "return-path",
            "delivered-to",
            "disposition-notification-to",
            "mail-followup-to",
            "errors-to",
            "message-id",
            "in-reply-to",
            "references",
            "received");
    private static final Set<String> PARAMETERS = Set.of("content-type", "content-disposition", "mime-version");
    private static final String SPECIALS = "()<>[]:;@\\,.\"";

    private AsciiHeader() {}

    /// The header that such a client gets; empty when it can have the header as it is: one in ASCII, or one of the
    /// old kind, in Latin-1 or worse, which is no UTF-8.
    public static Optional<byte[]> of(byte[] header) {
        if (isAscii(header)) {
            return Optional.empty();
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
        } catch (CharacterCodingException old) {
            return Optional.empty();
        }
        StringBuilder ascii = new StringBuilder(text.length() + text.length() / 2);
        int from = 0;
        while (from < text.length()) {
            int to = fieldEnd(text, from);
            String field = text.substring(from, to);
            ascii.append(isAscii(field) ? field : folded(converted(field)));
            from = to;
        }
        return Optional.of(ascii.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isAscii(byte[] bytes) {
        int all = 0;
        for (byte b : bytes) {
            all |= b;
        }
        return all >= 0;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static int fieldEnd(String text, int from) {
        int at = from;
        while (true) {
            int lineEnd = text.indexOf('\n', at);
            if (lineEnd < 0 || lineEnd + 1 == text.length()) {
                return text.length();
            }
            at = lineEnd + 1;
            if (text.charAt(at) != ' ' && text.charAt(at) != '\t') {
                return at;
            }
        }
    }

    private static String converted(String field) {
        int colon = field.indexOf(':');
        String name = field.substring(0, Math.max(colon, 0));
        if (colon < 0 || !isAscii(name)) {
            StringBuilder junk = new StringBuilder();
            field.codePoints().forEach(c -> junk.append(c < 0x80 ? (char) c : '?'));
            return junk.toString();
        }
        int end = field.length();
        while (end > colon + 1 && (field.charAt(end - 1) == '\n' || field.charAt(end - 1) == '\r')) {
            end--;
        }
        String body = field.substring(colon + 1, end);
        String kind = name.strip().toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder(field.substring(0, colon + 1));
        if (ADDRESSES.contains(kind)) {
            structured(body, out, false);
        } else if (PARAMETERS.contains(kind)) {
            structured(body, out, true);
        } else {
            words(body, "", out);
        }
        return out.append(field, end, field.length()).toString();
    }

    /// Quoted strings, and between them words that end at special characters.
    private static void structured(String body, StringBuilder out, boolean parameters) {
        String ends = parameters ? "\";=" : SPECIALS;
        int from = 0;
        while (from < body.length()) {
            int quote = body.indexOf('"', from);
            int to = quote < 0 ? body.length() : quote;
            if (parameters) {
                tokens(body.substring(from, to), out);
            } else {
                words(body.substring(from, to), ends, out);
            }
            from = quote < 0 ? to : quoted(body, quote, out, parameters);
        }
    }

    private static void tokens(String text, StringBuilder out) {
        int from = 0;
        while (from < text.length()) {
            int to = from;
            while (to < text.length() && "; =\t\r\n".indexOf(text.charAt(to)) < 0) {
                to++;
            }
            String token = text.substring(from, to);
            out.append(isAscii(token) ? token : '"' + encoded(token, " ") + '"');
            if (to < text.length()) {
                out.append(text.charAt(to));
            }
            from = to + 1;
        }
    }

    /// @return where the quoted string is over
    private static int quoted(String body, int quote, StringBuilder out, boolean parameters) {
        StringBuilder value = new StringBuilder();
        int at = quote + 1;
        while (at < body.length() && body.charAt(at) != '"') {
            at += body.charAt(at) == '\\' && at + 1 < body.length() ? 1 : 0;
            value.append(body.charAt(at++));
        }
        int end = Math.min(body.length(), at + 1);
        String text = value.toString();
        if (isAscii(text)) {
            out.append(body, quote, end);
        } else if (parameters) {
            out.append('"').append(encoded(text, " ")).append('"');
        } else {
            out.append(encoded(text, end < body.length() && body.charAt(end) == '@' ? "" : " "));
        }
        return end;
    }

    /// Words beyond ASCII that follow one another become one text, the blanks between them included.
    ///
    /// @param ends characters beside blanks at which a word ends
    private static void words(String text, String ends, StringBuilder out) {
        int from = 0;
        while (from < text.length()) {
            int to = wordEnd(text, from, ends);
            if (to == from) {
                out.append(text.charAt(from++));
                continue;
            }
            if (isAscii(text.substring(from, to))) {
                out.append(text, from, to);
                from = to;
                continue;
            }
            int next = to;
            while (next > 0) {
                to = next;
                next = nextBeyondAscii(text, to, ends);
            }
            boolean address = to < text.length() && text.charAt(to) == '@' && !ends.isEmpty()
                    || from > 0 && "@.".indexOf(text.charAt(from - 1)) >= 0 && !ends.isEmpty();
            out.append(encoded(text.substring(from, to), address ? "" : " "));
            from = to;
        }
    }

    /// The end of the word behind the blanks at `at` when that word is beyond ASCII too, or 0.
    private static int nextBeyondAscii(String text, int at, String ends) {
        int start = at;
        while (start < text.length() && isBlank(text.charAt(start))) {
            start++;
        }
        int end = wordEnd(text, start, ends);
        return start > at && end > start && !isAscii(text.substring(start, end)) ? end : 0;
    }

    private static int wordEnd(String text, int from, String ends) {
        int to = from;
        while (to < text.length() && !isBlank(text.charAt(to)) && ends.indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return to;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static String encoded(String text, String between) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\r' && c != '\n') {
                plain.append(c);
            }
        }
        return String.join(between, EncodedWord.of(plain.toString()));
    }

    /// Long lines are broken before encoded words.
    private static String folded(String field) {
        StringBuilder out = new StringBuilder(field.length() + 16);
        int column = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == ' ' && column > 1 && field.startsWith("=?UTF-8?", i + 1)) {
                int end = field.indexOf("?=", i + "=?UTF-8?Q?".length() + 1);
                if (end > 0 && column + end + 2 - i > MOST_LINE) {
                    out.append("\r\n");
                    column = 0;
                }
            }
            out.append(c);
            column = c == '\n' ? 0 : column + 1;
        }
        return out.toString();
    }
}
