package palomar.message;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// Undoes the charset and the percent signs with which RFC 2231 lets a parameter be written.
final class ParameterText {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String charset = "";

    private ParameterText() {}

    /// `name*`, else `name`; null when there is neither.
    ///
    /// @param name lower case
    static @Nullable String of(ContentField field, String name) {
        String extended = field.parameter(name + "*");
        if (extended != null) {
            ParameterText text = new ParameterText();
            text.extended(extended);
            return text.decoded();
        }
        String plain = field.parameter(name);
        return plain == null ? null : HeaderText.decode(plain);
    }

    /// `charset'language'text`, or only text, with %XX for bytes.
    private void extended(String value) {
        int at = 0;
        int quote = value.indexOf('\'');
        int second = quote < 0 ? -1 : value.indexOf('\'', quote + 1);
        if (second >= 0) {
            charset = value.substring(0, quote);
            at = second + 1;
        }
        while (at < value.length()) {
            char c = value.charAt(at);
            int high = c == '%' && at + 2 < value.length() ? Character.digit(value.charAt(at + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(value.charAt(at + 2), 16) : -1;
            bytes.write(low >= 0 ? high << 4 | low : c);
            at += low >= 0 ? 3 : 1;
        }
    }

    private String decoded() {
        return Charsets.decode(bytes.toByteArray(), charset);
    }
}
