package palomar.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A MIME field of the form `value; name=value...`, in raw header text. RFC 2045 5.1, RFC 2183 2
///
/// Values lose their quotes, and what came in pieces is joined (RFC 2231 3); percent signs stay as they came,
/// because BODYSTRUCTURE gives them to the client so.
///
/// @param value what stands before the parameters, without blanks and comments
public record ContentField(String value, List<Parameter> parameters) {
    private static final int MOST_PARAMETERS = 200;

    /// Name, with the case in which it came, and value.
    public record Parameter(String name, String value) {}

    /// The part of the value before the slash; empty when there is no valid `type/subtype`.
    public String type() {
        int slash = value.indexOf('/');
        return slash > 0 && slash < value.length() - 1 ? value.substring(0, slash) : "";
    }

    public String subtype() {
        int slash = value.indexOf('/');
        return slash > 0 ? value.substring(slash + 1) : "";
    }

    /// The first parameter of this name (lower case), or null.
    public @Nullable String parameter(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name.equalsIgnoreCase(name)) {
                return parameter.value;
            }
        }
        return null;
    }

    /// The parameter's text: percent signs and charset undone (RFC 2231 4),
    /// encoded words decoded though they should not be there (RFC 2047 5); or null.
    public @Nullable String text(String name) {
        return ParameterText.of(this, name);
    }

    public static ContentField parse(CharSequence raw) {
        Reader reader = new Reader(raw);
        String value = reader.value();
        List<Parameter> parameters = new ArrayList<>();
        while (reader.nextParameter() && parameters.size() < MOST_PARAMETERS) {
            if (!reader.name.isEmpty()) {
                parameters.add(new Parameter(reader.name, reader.parameterValue));
            }
        }
        return new ContentField(value, Continuations.join(parameters));
    }

    private static final class Reader {
        private final CharSequence text;
        private int at;
        private String name = "";
        private String parameterValue = "";

        Reader(CharSequence text) {
            this.text = text;
        }

        /// Words around a slash are one value; anything else after a blank is already a parameter.
        String value() {
            StringBuilder value = new StringBuilder();
            boolean gap = false;
            while (at < text.length() && text.charAt(at) != ';') {
                char c = text.charAt(at);
                if (c == '(') {
                    skipComment();
                } else if (RawText.isSpace(c)) {
                    gap = true;
                    at++;
                } else {
                    boolean joined = value.isEmpty() || c == '/' || value.charAt(value.length() - 1) == '/';
                    if (gap && !joined) {
                        break;
                    }
                    gap = false;
                    value.append(c);
                    at++;
                }
            }
            return value.toString();
        }

        boolean nextParameter() {
            skipBlanks();
            while (at < text.length() && text.charAt(at) == ';') {
                at++;
                skipBlanks();
            }
            if (at >= text.length()) {
                return false;
            }
            int start = at;
            while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ';') {
                at++;
            }
            boolean valued = at < text.length() && text.charAt(at) == '=';
            name = valued ? text.subSequence(start, at).toString().strip() : "";
            parameterValue = valued ? readValue() : "";
            return true;
        }

        private String readValue() {
            at++;
            skipBlanks();
            if (at < text.length() && text.charAt(at) == '"') {
                String quoted = quoted();
                while (at < text.length() && text.charAt(at) != ';') {
                    at++;
                }
                return quoted;
            }
            int start = at;
            int end = -1;
            while (at < text.length() && text.charAt(at) != ';') {
                if (text.charAt(at) == '(' && end < 0 && at > start && RawText.isSpace(text.charAt(at - 1))) {
                    end = at;
                }
                at++;
            }
            return text.subSequence(start, end < 0 ? at : end).toString().strip();
        }

        private String quoted() {
            StringBuilder inside = new StringBuilder();
            at++;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '"') {
                    break;
                }
                inside.append(c == '\\' && at < text.length() ? text.charAt(at++) : c);
            }
            return inside.toString();
        }

        private void skipBlanks() {
            while (at < text.length()) {
                if (text.charAt(at) == '(') {
                    skipComment();
                } else if (RawText.isSpace(text.charAt(at))) {
                    at++;
                } else {
                    return;
                }
            }
        }

        private void skipComment() {
            int depth = 0;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '\\') {
                    at++;
                } else if (c == '(') {
                    depth++;
                } else if (c == ')' && --depth == 0) {
                    return;
                }
            }
            at = Math.min(at, text.length());
        }
    }
}
