package palomar.message;

/// What a reader would see of an HTML text, on one line: for matching, not for reading. One use.
public final class HtmlText implements WordSink {
    private final StringBuilder out = new StringBuilder();
    private final int most;
    private boolean gap;

    private HtmlText(int most) {
        this.most = most;
    }

    /// The words with one space between each two.
    ///
    /// @param most characters
    public static String of(String html, int most) {
        HtmlText text = new HtmlText(most);
        new HtmlWords(html, text, true).read();
        return text.out.toString();
    }

    @Override
    public boolean full() {
        return out.length() >= most;
    }

    @Override
    public void gap() {
        gap = true;
    }

    @Override
    public void add(String text) {
        for (int i = 0; i < text.length() && !full(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c <= ' ' || c == 0xa0) {
                gap = true;
                continue;
            }
            if (gap && !out.isEmpty()) {
                out.append(' ');
            }
            gap = false;
            out.appendCodePoint(c);
        }
    }
}
