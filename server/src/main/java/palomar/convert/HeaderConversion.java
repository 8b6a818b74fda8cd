package palomar.convert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import palomar.bytes.ByteSource;

/// A header whose encoded words and encoded parameters are in another charset; everything else stays byte for
/// byte. RFC 5259 6
public final class HeaderConversion {
    /// A larger header is no header that anybody reads.
    private static final int LARGEST = 256 << 10;

    /// What may be asked for it, in lower case.
    private static final List<String> PARAMETERS = TextTarget.PARAMETERS;

    private HeaderConversion() {}

    /// The parameters that it does not know.
    public static List<String> foreign(Map<String, String> asked) {
        List<String> foreign = new ArrayList<>(asked.keySet());
        foreign.removeAll(PARAMETERS);
        return foreign;
    }

    /// @param parameters by name in lower case; without a charset UTF-8 is meant
    public static byte[] convert(ByteSource header, Map<String, String> parameters) throws IOException, Unconvertible {
        TextTarget target = TextTarget.of(parameters);
        if (header.size() > LARGEST) {
            throw Unconvertible.content("The header is larger than " + LARGEST + " bytes");
        }
        String raw = new String(header.bytes(), StandardCharsets.ISO_8859_1);
        StringBuilder out = new StringBuilder(raw.length());
        for (int from = 0; from < raw.length(); ) {
            int to = fieldEnd(raw, from);
            out.append(field(raw.substring(from, to), target));
            from = to;
        }
        return out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Behind the line and those that go on with it.
    private static int fieldEnd(String raw, int from) {
        int at = from;
        do {
            int lineEnd = raw.indexOf('\n', at);
            at = lineEnd < 0 ? raw.length() : lineEnd + 1;
        } while (at < raw.length() && (raw.charAt(at) == ' ' || raw.charAt(at) == '\t'));
        return at;
    }

    private static String field(String raw, TextTarget target) throws Unconvertible {
        int colon = raw.indexOf(':');
        String name = colon < 0 ? "" : raw.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        boolean parameters = name.equals("content-type") || name.equals("content-disposition");
        String converted = parameters && raw.indexOf('*') > 0 ? ParameterField.convert(raw, target) : raw;
        return EncodedWords.convert(converted, target);
    }
}
