package palomar.message;

import org.jspecify.annotations.Nullable;

/// Keeps the beginning of text parts while they pass, until one of them gives a preview. One parser.
final class PreviewCapture {
    private static final int MOST_PLAIN = 8 << 10;
    /// HTML of one message, in all tries together: what is hostile to an HTML parser costs more than its size.
    private static final int MOST_HTML = 48 << 10;
    /// Text parts that are tried before giving up.
    private static final int MOST_TRIES = 4;

    private ByteBuilder bytes = new ByteBuilder(0);
    private @Nullable PartNode part;
    /// How much of the part to keep: what nearly always does, then all that may be looked at.
    private int wanted;

    private int most;
    private int htmlLeft = MOST_HTML;
    private int tries;
    private String text = "";

    void begin(PartNode textPart, boolean attachment) {
        boolean html = textPart.subtype.equals("html");
        boolean readable = html || textPart.subtype.equals("plain") || textPart.subtype.equals("enriched");
        if (text.isEmpty() && !attachment && readable && tries < MOST_TRIES) {
            tries++;
            part = textPart;
            most = html ? htmlLeft : MOST_PLAIN;
            wanted = Math.min(most, Preview.first(textPart) + 1);
            bytes = new ByteBuilder(wanted);
        }
    }

    void append(byte[] source, int from, int to) {
        PartNode open = part;
        if (open == null) {
            return;
        }
        int end = Math.min(to, from + wanted - bytes.size());
        bytes.add(source, from, end);
        if (bytes.size() == wanted && wanted < most) {
            wanted = most;
            text = Preview.ofFirst(bytes.array(), open);
            part = text.isEmpty() ? open : null;
            append(source, end, to);
        }
    }

    /// The part is over.
    void end() {
        if (part != null) {
            htmlLeft -= part.subtype.equals("html") ? bytes.size() : 0;
            text = Preview.of(bytes.array(), bytes.size(), part);
            part = null;
        }
    }

    /// The preview; empty when no part had words.
    String text() {
        return text;
    }
}
