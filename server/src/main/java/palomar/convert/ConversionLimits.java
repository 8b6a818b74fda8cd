package palomar.convert;

/// What a conversion may cost at most.
///
/// The heap of a server is small, and a conversion needs many times what it converts: with the usual limits at
/// most 64 MiB.
///
/// @param bytes of the image that is converted; text and results have shares of it; at least 64 KiB
/// @param pixels of the image that is converted; it is never in memory as a whole
public record ConversionLimits(int bytes, int pixels) {
    public static final ConversionLimits USUAL = new ConversionLimits(16 << 20, 50_000_000);

    /// A text is there twice as characters and twice as bytes.
    private static final int TEXT_SHARE = 4;

    /// An HTML text becomes a tree of many times its size.
    private static final int HTML_SHARE = 8;

    /// For each tag in an HTML text.
    private static final int BYTES_OF_TAG = 10;

    private static final int RESULT_SHARE = 2;

    public ConversionLimits {
        if (bytes < 64 << 10 || pixels < 1) {
            throw new IllegalArgumentException("nothing could be converted");
        }
    }

    int text() {
        return bytes / TEXT_SHARE;
    }

    int result() {
        return bytes / RESULT_SHARE;
    }

    /// Tags in an HTML text, since it is them that make the tree.
    int tags() {
        return html() / BYTES_OF_TAG;
    }

    int html() {
        return bytes / HTML_SHARE;
    }
}
