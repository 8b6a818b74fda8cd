package palomar.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads IMAP data back: lists as Lists, strings as Strings (one char a byte), NIL as null, numbers as Longs.
/// Strict: an IllegalStateException tells what the grammar doesn't allow. RFC 9051 9
public final class WireReader {
    private final byte[] wire;
    private int at;

    private WireReader(byte[] wire) {
        this.wire = wire;
    }

    /// The one value that `wire` is.
    public static @Nullable Object read(byte[] wire) {
        WireReader reader = new WireReader(wire);
        Object value = reader.value();
        reader.require(reader.at == wire.length, "nothing behind the value");
        return value;
    }

    private @Nullable Object value() {
        require(at < wire.length, "a value");
        byte c = wire[at];
        if (c == '(') {
            return list();
        }
        if (c == '"') {
            return quoted();
        }
        if (c == '{') {
            return literal();
        }
        if (c == 'N') {
            require(at + 3 <= wire.length && wire[at + 1] == 'I' && wire[at + 2] == 'L', "NIL");
            at += 3;
            return null;
        }
        return number();
    }

    /// Addresses and body parts stand without blanks between them, everything else with one.
    private List<@Nullable Object> list() {
        List<@Nullable Object> items = new ArrayList<>();
        at++;
        while (true) {
            require(at < wire.length, "the end of a list");
            if (wire[at] == ')') {
                require(!items.isEmpty(), "a list is not empty");
                at++;
                return items;
            }
            boolean joined = items.isEmpty() || wire[at] == '(' && wire[at - 1] == ')';
            if (!joined) {
                require(wire[at] == ' ', "a blank");
                at++;
            }
            items.add(value());
        }
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        at++;
        while (true) {
            require(at < wire.length, "the end of a quoted string");
            byte c = wire[at++];
            if (c == '"') {
                return text.toString();
            }
            require(c > 0 && c != '\r' && c != '\n', "no such byte in quotes");
            if (c == '\\') {
                c = wire[at++];
                require(c == '"' || c == '\\', "a quoted special");
            }
            text.append((char) c);
        }
    }

    private String literal() {
        at++;
        int size = Math.toIntExact(number());
        require(at + 3 + size <= wire.length, "a literal's bytes");
        require(wire[at] == '}' && wire[at + 1] == '\r' && wire[at + 2] == '\n', "a literal's head");
        String text = new String(wire, at + 3, size, StandardCharsets.ISO_8859_1);
        require(text.indexOf('\0') < 0, "no NUL in a literal");
        at += 3 + size;
        return text;
    }

    private long number() {
        int start = at;
        while (at < wire.length && wire[at] >= '0' && wire[at] <= '9') {
            at++;
        }
        require(at > start, "a number");
        return Long.parseLong(new String(wire, start, at - start, StandardCharsets.US_ASCII));
    }

    private void require(boolean right, String expected) {
        if (!right) {
            throw new IllegalStateException("expected " + expected + " at " + at);
        }
    }
}
