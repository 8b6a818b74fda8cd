package palomar.convert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import palomar.message.Charsets;

/// HTML laid out as a reader of plain text wants it. RFC 5259 7.2
record HtmlConversion() implements Conversion {
    /// Where an HTML text names its charset itself, when its part does not.
    private static final int HEAD = 1024;

    @Override
    public MediaType from() {
        return MediaType.HTML;
    }

    @Override
    public MediaType to() {
        return MediaType.PLAIN;
    }

    @Override
    public List<String> parameters() {
        return TextTarget.PARAMETERS;
    }

    @Override
    public Converted convert(PartContent part, Map<String, String> parameters, ConversionLimits limits)
            throws IOException, Unconvertible {
        TextTarget target = TextTarget.of(parameters);
        byte[] bytes = Limited.bytes(part, limits.html());
        String charset = part.charset().isEmpty() ? named(bytes) : part.charset();
        if (tags(bytes) > limits.tags()) {
            throw Unconvertible.content("The text has more than " + limits.tags() + " tags");
        }
        TextLayout layout = new TextLayout(limits.result());
        Jsoup.parse(Charsets.decode(bytes, charset)).traverse(new HtmlReader(layout));
        String text = layout.finish();
        if (layout.overflown()) {
            throw Unconvertible.content("The result is larger than " + limits.result() + " bytes");
        }
        byte[] result = target.encode(text, limits.result());
        return new Converted(MediaType.PLAIN, target.name(), Limited.result(result, limits));
    }

    private static int tags(byte[] bytes) {
        int tags = 0;
        for (byte b : bytes) {
            if (b == '<') {
                tags++;
            }
        }
        return tags;
    }

    /// `charset=...` in a meta element; empty when there is none that we know.
    private static String named(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.ISO_8859_1);
        int at = indexOf(head, "<meta", 0);
        int named = at < 0 ? -1 : indexOf(head, "charset=", at);
        if (named < 0) {
            return "";
        }
        int from = named + "charset=".length();
        while (from < head.length() && (head.charAt(from) == '"' || head.charAt(from) == '\'')) {
            from++;
        }
        int to = from;
        while (to < head.length() && isNameCharacter(head.charAt(to))) {
            to++;
        }
        String name = head.substring(from, to);
        return Charsets.isKnown(name) ? name : "";
    }

    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_:.".indexOf(c) >= 0;
    }

    private static int indexOf(String text, String lower, int from) {
        for (int i = from; i + lower.length() <= text.length(); i++) {
            if (text.regionMatches(true, i, lower, 0, lower.length())) {
                return i;
            }
        }
        return -1;
    }
}
