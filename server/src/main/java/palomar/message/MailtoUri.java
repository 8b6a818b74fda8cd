package palomar.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// What a `mailto:` URI asks for. RFC 6068 2
///
/// All values are decoded; none of them has a control character, except that a body has CRLF line ends.
///
/// @param to recipients, of the path and of `to` fields, in their order
/// @param fields all other fields with their names in lower case, `cc`, `bcc`, `subject` and `body` among them
public record MailtoUri(List<AddrSpec> to, List<Field> fields) {
    private static final String SCHEME = "mailto:";
    private static final int MOST_FIELDS = 100;

    public record Field(String name, String value) {}

    /// What a text turned out to be.
    public sealed interface Parsed {}

    public record Valid(MailtoUri uri) implements Parsed {}

    /// @param why for the person who wrote it
    public record Invalid(String why) implements Parsed {}

    /// The first value of a field.
    ///
    /// @param name in lower case
    public Optional<String> field(String name) {
        return fields.stream()
                .filter(f -> f.name().equals(name))
                .map(Field::value)
                .findFirst();
    }

    /// All addresses in the fields of that name, which are `cc` or `bcc`.
    public List<AddrSpec> addresses(String name) {
        List<AddrSpec> found = new ArrayList<>();
        for (Field field : fields) {
            if (field.name().equals(name)) {
                AddrSpec.mailboxes(field.value()).orElse(List.of()).forEach(m -> found.add(m.address()));
            }
        }
        return found;
    }

    /// Reads a URI, whose scheme may be written in any case. Never throws.
    public static Parsed parse(String text) {
        try {
            return new Valid(read(text));
        } catch (BadUri bad) {
            return new Invalid(Objects.requireNonNullElse(bad.getMessage(), ""));
        }
    }

    private static MailtoUri read(String text) throws BadUri {
        if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new BadUri("not a mailto URI");
        }
        int query = text.indexOf('?');
        int end = query < 0 ? text.length() : query;
        List<AddrSpec> to = new ArrayList<>();
        for (String address : split(text.substring(SCHEME.length(), end), ',')) {
            to.add(address(decode(address)));
        }
        List<Field> fields = new ArrayList<>();
        for (String pair : query < 0 ? List.<String>of() : split(text.substring(query + 1), '&')) {
            field(pair, to, fields);
        }
        return new MailtoUri(List.copyOf(to), List.copyOf(fields));
    }

    private static void field(String pair, List<AddrSpec> to, List<Field> fields) throws BadUri {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            throw new BadUri("field '" + pair + "' has no name or no value");
        }
        String name = decode(pair.substring(0, equals)).toLowerCase(Locale.ROOT);
        String value = decode(pair.substring(equals + 1));
        if (!isFieldName(name)) {
            throw new BadUri("'" + name + "' is no name of a header field");
        }
        if (fields.size() == MOST_FIELDS) {
            throw new BadUri("more than " + MOST_FIELDS + " fields");
        }
        boolean addresses = name.equals("to") || name.equals("cc") || name.equals("bcc");
        if (addresses && !value.isEmpty()) {
            List<AddrSpec.Mailbox> list = AddrSpec.mailboxes(value)
                    .orElseThrow(() -> new BadUri("'" + name + "' has no valid address list: '" + value + "'"));
            if (name.equals("to")) {
                list.forEach(mailbox -> to.add(mailbox.address()));
                return;
            }
        }
        if (!name.equals("body") && hasControl(value)) {
            throw new BadUri("the value of '" + name + "' has a control character");
        }
        fields.add(new Field(name, name.equals("body") ? lines(value) : value));
    }

    private static AddrSpec address(String text) throws BadUri {
        return AddrSpec.parse(text).orElseThrow(() -> new BadUri("'" + text + "' is no valid address"));
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == separator) {
                if (i > from) {
                    parts.add(text.substring(from, i));
                }
                from = i + 1;
            }
        }
        return parts;
    }

    /// A plus sign is a plus sign here. RFC 6068 5
    private static String decode(String text) throws BadUri {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            int b = bytes[i];
            if (b == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new BadUri("'%' is not followed by two hexadecimal digits");
                }
                b = high << 4 | low;
                i += 2;
            }
            bytes[length++] = (byte) b;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadUri("encoded characters are not UTF-8");
        }
    }

    private static boolean isFieldName(String name) {
        return name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':');
    }

    private static boolean hasControl(String value) {
        return value.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t');
    }

    /// Line ends of any kind become CRLF; other controls are left out.
    private static String lines(String body) {
        StringBuilder lines = new StringBuilder(body.length());
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '\n' || c == '\r') {
                lines.append("\r\n");
                i += c == '\r' && i + 1 < body.length() && body.charAt(i + 1) == '\n' ? 1 : 0;
            } else if (!Character.isISOControl(c) || c == '\t') {
                lines.append(c);
            }
        }
        return lines.toString();
    }

    private static final class BadUri extends Exception {
        private static final long serialVersionUID = 1;

        BadUri(String message) {
            super(message, null, false, false);
        }
    }
}
