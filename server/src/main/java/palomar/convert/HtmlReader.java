package palomar.convert;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/// Walks an HTML tree and lays out what a reader would see. One thread, one text.
final class HtmlReader implements NodeVisitor {
    private static final Set<String> HIDDEN = Set.of(
            "head",
            "script",
            "style",
            "title",
            "template",
            "svg",
            "math",
            "iframe",
            "noembed",
            "noframes",
            "datalist",
            "audio",
            "video",
            "canvas",
            "object");

    /// Elements with lines of their own.
    private static final Set<String> BLOCKS = Set.of(
            "address",
            "article",
            "aside",
            "body",
            "caption",
            "center",
            "details",
            "dialog",
            "div",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "header",
            "legend",
            "main",
            "nav",
            "option",
            "section",
            "summary",
            "table",
            "tbody",
            "tfoot",
            "thead",
            "tr");

    /// And those with an empty line around them.
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "dl");

    private static final Set<String> LINKS = Set.of("http", "https", "ftp", "mailto", "tel");
    private static final int LONGEST_LINK_TEXT = 4096;

    private final TextLayout out;
    /// For each open list the number of its next item; -1 when it has bullets.
    private final Deque<int[]> lists = new ArrayDeque<>();

    private final StringBuilder linkText = new StringBuilder();
    private boolean inLink;
    private int hidden;
    private int asIs;

    HtmlReader(TextLayout out) {
        this.out = out;
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode text && hidden == 0) {
            text(text.getWholeText());
        } else if (node instanceof Element element) {
            if (hidden > 0 || isHidden(element)) {
                hidden++;
            } else {
                open(element);
            }
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (!(node instanceof Element element)) {
            return;
        }
        if (hidden > 0) {
            hidden--;
        } else {
            close(element);
        }
    }

    private static boolean isHidden(Element element) {
        if (HIDDEN.contains(element.normalName()) || element.hasAttr("hidden")) {
            return true;
        }
        String style = element.attr("style");
        int display = style.indexOf("display");
        return display >= 0 && style.substring(display + 7).replace(" ", "").startsWith(":none");
    }

    private void text(String words) {
        if (asIs > 0) {
            out.addAsIs(words);
        } else {
            out.add(words);
        }
        if (inLink && linkText.length() < LONGEST_LINK_TEXT) {
            linkText.append(words);
        }
    }

    private void open(Element element) {
        String name = element.normalName();
        switch (name) {
            case "br" -> out.breakLine();
            case "hr" -> out.rule();
            case "img" -> image(element);
            case "a" -> {
                inLink = true;
                linkText.setLength(0);
            }
            case "blockquote" -> {
                out.block(1);
                out.mark("> ", "> ");
            }
            case "ul", "ol" -> {
                out.block(lists.isEmpty() ? 1 : 0);
                lists.push(new int[] {name.equals("ol") ? start(element) : -1});
            }
            case "li" -> item();
            case "dd" -> out.mark("    ", "    ");
            case "td", "th" -> out.cell();
            case "pre" -> {
                out.block(1);
                asIs++;
            }
            case "q" -> out.add("\"");
            default -> aroundBlock(name);
        }
    }

    private void close(Element element) {
        String name = element.normalName();
        switch (name) {
            case "br", "hr", "img", "td", "th" -> {}
            case "a" -> link(element.attr("href"));
            case "blockquote" -> {
                out.unmark();
                out.block(1);
            }
            case "ul", "ol" -> {
                lists.poll();
                out.block(lists.isEmpty() ? 1 : 0);
            }
            case "li", "dd" -> out.unmark();
            case "pre" -> {
                asIs--;
                out.block(1);
            }
            case "q" -> out.add("\"");
            default -> aroundBlock(name);
        }
    }

    private void aroundBlock(String name) {
        if (PARAGRAPHS.contains(name)) {
            out.block(1);
        } else if (BLOCKS.contains(name)) {
            out.block(0);
        }
    }

    private static int start(Element list) {
        String start = list.attr("start");
        if (start.isEmpty() || start.length() > 6 || !start.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 1;
        }
        return Integer.parseInt(start);
    }

    private void item() {
        int[] number = lists.peek();
        String bullet = number == null || number[0] < 0 ? "* " : number[0]++ + ". ";
        out.mark(bullet, " ".repeat(bullet.length()));
    }

    private void image(Element image) {
        String instead = image.attr("alt").strip();
        if (!instead.isEmpty()) {
            text("[" + instead + "]");
        }
    }

    /// Where a link goes is told unless its text says it already.
    private void link(String to) {
        inLink = false;
        StringBuilder clean = new StringBuilder(to.length());
        to.chars().filter(c -> c > ' ').forEach(c -> clean.append((char) c));
        String target = clean.toString();
        int colon = target.indexOf(':');
        if (colon < 0 || !LINKS.contains(target.substring(0, colon).toLowerCase(java.util.Locale.ROOT))) {
            return;
        }
        String shown = linkText.toString().strip();
        boolean web = target.startsWith("http");
        String bare = web ? target.substring(target.indexOf(':') + 1).replace("//", "") : target.substring(colon + 1);
        if (shown.isEmpty() || same(shown, target) || same(shown, bare)) {
            if (shown.isEmpty() && web) {
                out.add(" <" + target + ">");
            }
            return;
        }
        out.add(" <" + (web ? target : bare) + ">");
    }

    private static boolean same(String shown, String target) {
        return shown.equalsIgnoreCase(target) || (shown + "/").equalsIgnoreCase(target);
    }
}
