package palomar.message;

import java.util.Set;
import org.jsoup.parser.Parser;

/// The words of an HTML text that a reader would see first, given to a sink until that is full.
///
/// A scanner, not a parser: it makes no tree, reads each character about once, and what it does not understand is
/// text or nothing. Broken mark-up costs no more than sound mark-up. One thread, one use.
final class HtmlWords {
    /// Elements whose content is not mark-up and is not shown.
    private static final Set<String> RAW = Set.of("script", "style", "title", "iframe", "noembed", "noframes", "xmp");

    /// Elements whose content is mark-up and not shown.
    private static final Set<String> HIDDEN = Set.of("head", "noscript", "template");

    /// What may stand in a head; anything else ends one that was left open.
    private static final Set<String> IN_HEAD =
            Set.of("head", "meta", "link", "base", "noscript", "template", "script", "style", "title");

    /// Elements that another of the same name ends.
    private static final Set<String> ENDED_BY_NEXT = Set.of("p", "li", "td", "th", "tr", "dt", "dd", "option");

    private static final Set<String> VOID = Set.of(
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");

    private static final Set<String> INLINE = Set.of(
            "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
            "label", "mark", "o:p", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
            "u", "var", "wbr", "img");

    private final String text;
    private final WordSink out;
    private final boolean quotes;
    private int at;

    /// The element whose content is passed over now; empty when none is.
    private String hidden = "";

    private int depth;

    /// @param quotes whether what is quoted of other messages is shown too
    HtmlWords(String text, WordSink out, boolean quotes) {
        this.text = text;
        this.out = out;
        this.quotes = quotes;
    }

    void read() {
        while (at < text.length() && !out.full()) {
            int open = text.indexOf('<', at);
            int end = open < 0 ? text.length() : open;
            show(end);
            at = end;
            if (open >= 0) {
                markUp();
            }
        }
    }

    private void show(int end) {
        if (at == end || !hidden.isEmpty()) {
            return;
        }
        String words = text.substring(at, end);
        out.add(words.indexOf('&') < 0 ? words : Parser.unescapeEntities(words, false));
    }

    private void markUp() {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (isLetter(next)) {
            at++;
            startTag();
        } else if (next == '/') {
            at += 2;
            endTag();
        } else if (text.startsWith("<!--", at)) {
            int end = text.indexOf("-->", at + 2);
            at = end < 0 ? text.length() : end + 3;
        } else if (next == '!' || next == '?') {
            at++;
            skipPast('>');
        } else {
            if (hidden.isEmpty()) {
                out.add("<");
            }
            at++;
        }
    }

    private void startTag() {
        String name = name();
        boolean marked = attributes();
        if (RAW.contains(name)) {
            skipRaw(name);
            return;
        }
        if (hidden.equals("head") && !IN_HEAD.contains(name)) {
            hidden = "";
        }
        if (!hidden.isEmpty()) {
            if (name.equals(hidden) && ENDED_BY_NEXT.contains(name)) {
                hidden = marked ? name : "";
            } else if (name.equals(hidden)) {
                depth++;
            }
            return;
        }
        if (!VOID.contains(name) && (marked || isHidden(name))) {
            hidden = name;
            depth = 1;
        }
        gapAt(name);
    }

    private boolean isHidden(String name) {
        return HIDDEN.contains(name) || !quotes && name.equals("blockquote");
    }

    private void endTag() {
        String name = name();
        skipPast('>');
        if (hidden.equals(name) && --depth == 0) {
            hidden = "";
        }
        if (hidden.isEmpty()) {
            gapAt(name);
        }
    }

    private void gapAt(String name) {
        if (!INLINE.contains(name)) {
            out.gap();
        }
    }

    /// The tag's name in lower case; [#at] is behind it.
    private String name() {
        int from = at;
        while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) != '>' && text.charAt(at) != '/') {
            at++;
        }
        return RawText.lowerAscii(text.substring(from, Math.min(at, from + 16)));
    }

    /// Reads to the end of the start tag.
    ///
    /// @return is there an attribute `hidden`?
    private boolean attributes() {
        boolean marked = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '>') {
                at++;
                return marked;
            }
            if (c <= ' ' || c == '/' || c == '=') {
                at++;
                continue;
            }
            int from = at;
            while (at < text.length() && "=>/".indexOf(text.charAt(at)) < 0 && text.charAt(at) > ' ') {
                at++;
            }
            marked |= at - from == 6 && text.regionMatches(true, from, "hidden", 0, 6);
            value();
        }
        return marked;
    }

    private void value() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        if (at >= text.length() || text.charAt(at) != '=') {
            return;
        }
        at++;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        char quote = at < text.length() ? text.charAt(at) : ' ';
        if (quote == '"' || quote == '\'') {
            at++;
            skipPast(quote);
            return;
        }
        while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) != '>') {
            at++;
        }
    }

    private void skipRaw(String name) {
        while (at < text.length()) {
            int end = text.indexOf("</", at);
            if (end < 0) {
                at = text.length();
                return;
            }
            at = end + 2;
            if (text.regionMatches(true, at, name, 0, name.length())) {
                skipPast('>');
                return;
            }
        }
    }

    private void skipPast(char wanted) {
        int end = text.indexOf(wanted, at);
        at = end < 0 ? text.length() : end + 1;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
