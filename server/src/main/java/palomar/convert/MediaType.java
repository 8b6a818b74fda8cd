package palomar.convert;

import java.util.Locale;
import java.util.Optional;

/// `type/subtype`, in lower case. RFC 6838 4.2
public record MediaType(String type, String subtype) {
    static final MediaType PLAIN = new MediaType("text", "plain");
    static final MediaType HTML = new MediaType("text", "html");
    static final MediaType JPEG = new MediaType("image", "jpeg");
    static final MediaType PNG = new MediaType("image", "png");
    static final MediaType GIF = new MediaType("image", "gif");

    private static final int LONGEST = 127;

    /// A type as it is written, in any case; empty when it can't be one.
    public static Optional<MediaType> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !isName(text, 0, slash) || !isName(text, slash + 1, text.length())) {
            return Optional.empty();
        }
        String lower = text.toLowerCase(Locale.ROOT);
        return Optional.of(new MediaType(lower.substring(0, slash), lower.substring(slash + 1)));
    }

    /// `*`, `type/*` or a whole type: does it mean this one?
    ///
    /// @param pattern in lower case
    public boolean matches(String pattern) {
        return pattern.equals("*") || pattern.equals(type + "/*") || pattern.equals(toString());
    }

    private static boolean isName(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && "!#$&-^_.+".indexOf(c) < 0) {
                return false;
            }
        }
        return to > from && to - from <= LONGEST;
    }

    @Override
    public String toString() {
        return type + "/" + subtype;
    }
}
