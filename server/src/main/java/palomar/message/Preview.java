package palomar.message;

import java.io.StringReader;
import java.util.Arrays;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;

/// The first words of a message on one line. RFC 8970
final class Preview {
    /// Characters of a preview. RFC 8970 3.3: at most 256, 200 recommended.
    static final int LONGEST = 200;

    private final StringBuilder out = new StringBuilder(LONGEST + 2);
    private boolean gap;

    private Preview() {}

    /// The preview of a text part's beginning, still in its transfer encoding; empty when it has no words.
    static String of(byte[] raw, int length, PartNode part) {
        TransferDecoder decoder = TransferDecoder.of(part.encoding);
        byte[] decoded = new byte[length + TransferDecoder.SLACK];
        int size = decoder.decode(raw, 0, length, decoded);
        String text = Charsets.decode(Arrays.copyOf(decoded, size), part.charset);
        Preview preview = new Preview();
        if (part.subtype.equals("html")) {
            preview.html(text);
        } else {
            preview.plain(text);
            if (preview.out.isEmpty()) {
                preview.add(text);
            }
        }
        return preview.out.toString();
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

    private void html(String text) {
        Document document;
        try (StringReader reader = new StringReader(text)) {
            document = Parser.htmlParser().parseInput(reader, "");
        }
        document.body().filter(new Words());
    }

    private boolean full() {
        return out.length() >= LONGEST;
    }

    /// Appends text, any run of blanks as one space; stops when full, between code points.
    private void add(String text) {
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
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    /// Zero-width characters and soft hyphens: newsletters fill their preview lines with them.
    private static boolean isInvisible(int c) {
        return c == 0xad || c == 0x34f || c == 0xfeff || c >= 0x200b && c <= 0x200f || c >= 0x2060 && c <= 0x2064;
    }

    /// Collects what a reader would see.
    private final class Words implements NodeFilter {
        @Override
        public FilterResult head(Node node, int depth) {
            if (full()) {
                return FilterResult.STOP;
            }
            if (node instanceof TextNode words) {
                add(words.getWholeText());
            } else if (node instanceof Element element) {
                if (isHidden(element)) {
                    return FilterResult.SKIP_ENTIRELY;
                }
                gap |= element.isBlock() || element.nameIs("br") || element.nameIs("td");
            }
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            gap |= node instanceof Element element && element.isBlock();
            return full() ? FilterResult.STOP : FilterResult.CONTINUE;
        }

        private static boolean isHidden(Element element) {
            return switch (element.normalName()) {
                case "style", "script", "head", "title", "noscript", "template", "blockquote" -> true;
                default -> element.hasAttr("hidden");
            };
        }
    }
}
