package palomar.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// The first words of a message on one line. RFC 8970
final class Preview implements WordSink {
    /// Characters of a preview. RFC 8970 3.3: at most 256, 200 recommended.
    static final int LONGEST = 200;

    /// Encoded bytes that are tried first.
    private static final int FIRST_PLAIN = 1 << 10;

    private static final int FIRST_HTML = 6 << 10;

    private final StringBuilder out = new StringBuilder(LONGEST + 2);
    private boolean gap;

    private Preview() {}

    /// Bytes of a part with which to try [#ofFirst], still in their transfer encoding.
    static int first(PartNode part) {
        return isHtml(part) ? FIRST_HTML : FIRST_PLAIN;
    }

    /// The preview, if the first piece of a part that goes on behind it fills one, as it does nearly always; else
    /// empty, and then more of the part is needed.
    static String ofFirst(byte[] raw, PartNode part) {
        if (!cutsAnywhere(part.charset)) {
            return "";
        }
        Preview preview = new Preview();
        preview.read(decode(raw, first(part), part, true), isHtml(part));
        return preview.full() ? preview.out.toString() : "";
    }

    /// The preview of a text part's beginning, still in its transfer encoding; empty when it has no words.
    static String of(byte[] raw, int length, PartNode part) {
        boolean html = isHtml(part);
        Preview preview = new Preview();
        String text = decode(raw, length, part, false);
        preview.read(text, html);
        if (!html && preview.out.isEmpty()) {
            preview.add(text);
        }
        return preview.out.toString();
    }

    private static boolean isHtml(PartNode part) {
        return part.subtype.equals("html");
    }

    /// @param whole lines only: the last one might be a quote's introduction or half a character
    private static String decode(byte[] raw, int length, PartNode part, boolean lines) {
        TransferDecoder decoder = TransferDecoder.of(part.encoding);
        byte[] decoded = decoder.isIdentity() ? raw : new byte[length + TransferDecoder.SLACK];
        int size = decoder.isIdentity() ? length : decoder.decode(raw, 0, length, decoded);
        if (lines) {
            size = lastLine(decoded, lastLine(decoded, size));
        }
        return Charsets.decode(decoded, size, part.charset);
    }

    private static int lastLine(byte[] text, int size) {
        int at = size - 1;
        while (at > 0 && text[at] != '\n') {
            at--;
        }
        return Math.max(0, at);
    }

    /// Is a line end one byte, whatever stands before it?
    private static boolean cutsAnywhere(String name) {
        if (Charsets.isVague(name)) {
            return true;
        }
        Charset charset = Charsets.find(name).orElse(null);
        return charset == StandardCharsets.UTF_8
                || charset != null && charset.name().startsWith("windows-125");
    }

    private void read(String text, boolean html) {
        if (html) {
            new HtmlWords(text, this, false).read();
        } else {
            plain(text);
        }
    }

    /// Lines of one's own words: quotes, their introduction, rules and the signature are left out.
    private void plain(String text) {
        int from = 0;
        while (from < text.length() && !full()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            String line = text.substring(from, to).strip();
            if (line.equals("--")) {
                return;
            }
            if (!isQuote(line) && !isRule(line) && !introducesQuote(line, text, to + 1)) {
                add(line);
                gap = true;
            }
            from = to + 1;
        }
    }

    private static boolean isQuote(String line) {
        return !line.isEmpty() && line.charAt(0) == '>';
    }

    /// `-----`, `=====`, `* * *` and the like, and Outlook's `-----Original Message-----` stays: it has words.
    private static boolean isRule(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isLetterOrDigit(line.charAt(i)) || line.charAt(i) > 0x7f) {
                return false;
            }
        }
        return line.length() > 2;
    }

    /// `On Monday, John wrote:` with a quote right behind it.
    private static boolean introducesQuote(String line, String text, int next) {
        if (!line.endsWith(":")) {
            return false;
        }
        int at = next;
        while (at < text.length() && (text.charAt(at) == '\r' || text.charAt(at) == '\n')) {
            at++;
        }
        return at < text.length() && text.charAt(at) == '>';
    }

    @Override
    public void gap() {
        gap = true;
    }

    @Override
    public boolean full() {
        return out.length() >= LONGEST;
    }

    /// Appends text, any run of blanks as one space; stops when full, between code points.
    @Override
    public void add(String text) {
        for (int i = 0; i < text.length() && !full(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isBlank(c)) {
                gap = true;
                continue;
            }
            if (isInvisible(c)) {
                continue;
            }
            if (gap && !out.isEmpty()) {
                out.append(' ');
            }
            gap = false;
            if (out.length() + Character.charCount(c) <= LONGEST) {
                out.appendCodePoint(c);
            } else {
                return;
            }
        }
    }

    private static boolean isBlank(int c) {
        if (c < 0x7f) {
            return c <= ' ';
        }
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    /// Zero-width characters and soft hyphens: newsletters fill their preview lines with them.
    private static boolean isInvisible(int c) {
        return c == 0xad || c == 0x34f || c == 0xfeff || c >= 0x200b && c <= 0x200f || c >= 0x2060 && c <= 0x2064;
    }
}
