package palomar.convert;

/// What a conversion may cost at most.
///
/// @param bytes of the decoded content that is converted, and of the result; at least 64 KiB
/// @param pixels of the image that is converted; it is never in memory as a whole
public record ConversionLimits(int bytes, int pixels) {
    public static final ConversionLimits USUAL = new ConversionLimits(32 << 20, 50_000_000);

    /// An HTML text becomes a tree of many times its size.
    private static final int HTML_SHARE = 8;

    public ConversionLimits {
        if (bytes < 64 << 10 || pixels < 1) {
            throw new IllegalArgumentException("nothing could be converted");
        }
    }

    int html() {
        return bytes / HTML_SHARE;
    }
}
