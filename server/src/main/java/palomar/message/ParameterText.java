package palomar.message;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts one parameter together from the pieces in which RFC 2231 lets it be written.
final class ParameterText {
    private static final int MOST_PIECES = 100;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String charset = "";

    private ParameterText() {}

    /// `name`, else `name*`, else `name*0`, `name*1*`...; null when there is none of them.
    ///
    /// @param name lower case
    static @Nullable String of(ContentField field, String name) {
        String extended = field.parameter(name + "*");
        if (extended != null) {
            ParameterText text = new ParameterText();
            text.extended(extended, true);
            return text.decoded();
        }
        String pieces = joined(field.parameters(), name);
        if (pieces != null) {
            return pieces;
        }
        String plain = field.parameter(name);
        return plain == null ? null : HeaderText.decode(plain);
    }

    private static @Nullable String joined(List<ContentField.Parameter> parameters, String name) {
        ParameterText text = new ParameterText();
        int count = 0;
        while (count < MOST_PIECES && text.piece(parameters, name + "*" + count, count == 0)) {
            count++;
        }
        return count == 0 ? null : text.decoded();
    }

    private boolean piece(List<ContentField.Parameter> parameters, String name, boolean first) {
        for (ContentField.Parameter parameter : parameters) {
            if (parameter.name().equalsIgnoreCase(name)) {
                bytes.writeBytes(RawText.bytes(parameter.value()));
                return true;
            }
            if (parameter.name().equalsIgnoreCase(name + "*")) {
                extended(parameter.value(), first);
                return true;
            }
        }
        return false;
    }

    /// `charset'language'text`, or only text in later pieces, with %XX for bytes.
    private void extended(String value, boolean first) {
        int at = 0;
        int quote = first ? value.indexOf('\'') : -1;
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
