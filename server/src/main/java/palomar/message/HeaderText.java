package palomar.message;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Decodes encoded words and raw 8-bit text in header values. RFC 2047
///
/// Tolerant as real mail needs it: words need not stand alone, may contain blanks, may be cut in the middle
/// of a character when the next word goes on in the same charset, and may have broken base64. What can't be
/// decoded stays as it is. Linear.
public final class HeaderText {
    private static final int LONGEST_CHARSET = 60;

    private final String raw;
    private final int lastEnd;
    private final StringBuilder out = new StringBuilder();
    /// Decoded bytes of adjacent words in one charset.
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    private @Nullable String pendingCharset;

    private HeaderText(String raw) {
        this.raw = raw;
        this.lastEnd = raw.lastIndexOf("?=");
    }

    /// The text of an unfolded value, one char a byte.
    public static String decode(String raw) {
        if (raw.contains("=?")) {
            return new HeaderText(raw).run();
        }
        return RawText.isAscii(raw) ? raw : Charsets.guess(RawText.bytes(raw));
    }

    /// The same as folded UTF-8, tabs as spaces: what searches look at.
    static byte[] fold(String raw) {
        return CaseFold.foldToUtf8(searched(raw));
    }

    /// The decoded text, tabs as spaces.
    static String searched(String raw) {
        return decode(raw).replace('\t', ' ');
    }

    private String run() {
        int plain = 0;
        int at = 0;
        while (at < raw.length()) {
            int word = raw.indexOf("=?", at);
            if (word < 0) {
                break;
            }
            int end = word(plain, word);
            if (end < 0) {
                at = word + 2;
                continue;
            }
            plain = end;
            at = end;
        }
        plain(plain, raw.length());
        return out.toString();
    }

    /// Decodes the encoded word at `start`, after the plain text from `plain`; returns its end, or -1 when it
    /// is none.
    private int word(int plain, int start) {
        int charsetEnd = shortToken(start + 2);
        if (charsetEnd < 0 || charsetEnd + 2 >= raw.length() || raw.charAt(charsetEnd + 2) != '?') {
            return -1;
        }
        char encoding = raw.charAt(charsetEnd + 1);
        int textStart = charsetEnd + 3;
        if (textStart > lastEnd || "bBqQ".indexOf(encoding) < 0) {
            return -1;
        }
        int textEnd = raw.indexOf("?=", textStart);
        String charset = raw.substring(start + 2, charsetEnd);
        int language = charset.indexOf('*');
        charset = RawText.lowerAscii(language < 0 ? charset : charset.substring(0, language));
        boolean adjacent = pendingCharset != null && isBlank(plain, start);
        if (!adjacent) {
            plain(plain, start);
        } else if (!charset.equals(pendingCharset)) {
            flush();
        }
        pendingCharset = charset;
        if (encoding == 'b' || encoding == 'B') {
            base64(raw, textStart, textEnd);
        } else {
            quoted(textStart, textEnd);
        }
        return textEnd + 2;
    }

    private int shortToken(int from) {
        int most = Math.min(raw.length(), from + LONGEST_CHARSET);
        for (int i = from; i < most; i++) {
            char c = raw.charAt(i);
            if (c == '?') {
                return i > from ? i : -1;
            }
            if (c <= ' ') {
                return -1;
            }
        }
        return -1;
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!RawText.isSpace(raw.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private void plain(int from, int to) {
        flush();
        if (from < to) {
            String text = raw.substring(from, to);
            out.append(RawText.isAscii(text) ? text : Charsets.guess(RawText.bytes(text)));
        }
    }

    private void flush() {
        if (pendingCharset != null) {
            out.append(Charsets.decode(pending.toByteArray(), pendingCharset));
            pending.reset();
            pendingCharset = null;
        }
    }

    private void base64(String text, int from, int to) {
        StringBuilder clean = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean known =
                    c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
            if (known) {
                clean.append(c);
            }
        }
        if (clean.length() % 4 == 1) {
            clean.setLength(clean.length() - 1);
        }
        byte[] decoded = Base64.getDecoder().decode(clean.toString());
        pending.write(decoded, 0, decoded.length);
    }

    private void quoted(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            int high = c == '=' && i + 2 < to ? Character.digit(raw.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(raw.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                pending.write(high << 4 | low);
                i += 2;
            } else {
                pending.write(c == '_' ? ' ' : c);
            }
        }
    }
}
