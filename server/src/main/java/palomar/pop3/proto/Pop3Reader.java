package palomar.pop3.proto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import palomar.bytes.ByteInput;
import palomar.sasl.StrictBase64;

/// Reads commands. A line ends with CRLF or, for old clients, with LF alone. One thread. RFC 1939 3
public final class Pop3Reader {
    /// RFC 2449 4 asks for 255; initial responses of tokens need more.
    private static final int MOST_LINE = 16 * 1024;

    private static final Pop3Command.Malformed NO_ARGUMENT =
            new Pop3Command.Malformed("this command takes no argument");
    private static final Pop3Command.Malformed NO_NUMBER =
            new Pop3Command.Malformed("this command takes the number of a message");

    private final ByteInput in;
    private byte[] line = new byte[128];
    private int length;

    public Pop3Reader(ByteInput in) {
        this.in = in;
    }

    /// Waits for a whole line and says what it means.
    public Pop3Command next() throws IOException {
        Line read = read();
        try {
            return switch (read) {
                case WHOLE -> parse();
                case CONTROL -> new Pop3Command.Malformed("control character in a command");
                case TOO_LONG -> new Pop3Command.Hopeless();
                case END -> new Pop3Command.EndOfInput();
            };
        } finally {
            wipe();
        }
    }

    /// A line within a SASL exchange: decoded, or empty when the client cancels or sends no base64. RFC 5034 4
    public Optional<byte[]> response() throws IOException {
        Line read = read();
        try {
            return read == Line.WHOLE ? StrictBase64.decode(line, 0, length) : Optional.empty();
        } finally {
            wipe();
        }
    }

    private enum Line {
        WHOLE,
        CONTROL,
        TOO_LONG,
        END
    }

    private Line read() throws IOException {
        length = 0;
        boolean control = false;
        while (true) {
            int b = in.read();
            if (b < 0) {
                return Line.END;
            }
            if (b == '\n') {
                length -= length > 0 && line[length - 1] == '\r' ? 1 : 0;
                return control ? Line.CONTROL : Line.WHOLE;
            }
            if (length == MOST_LINE) {
                return Line.TOO_LONG;
            }
            control |= b == 0 || length > 0 && line[length - 1] == '\r';
            if (length == line.length) {
                byte[] longer = Arrays.copyOf(line, 2 * length);
                wipe();
                line = longer;
            }
            line[length++] = (byte) b;
        }
    }

    /// It may have been a password.
    private void wipe() {
        Arrays.fill(line, (byte) 0);
    }

    private Pop3Command parse() {
        int end = 0;
        while (end < length && line[end] != ' ') {
            end++;
        }
        String word = new String(line, 0, end, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
        int from = Math.min(length, end + 1);
        boolean bare = from == length;
        return switch (word) {
            case "USER" -> bare ? new Pop3Command.Malformed("USER needs a name") : new Pop3Command.User(text(from));
            case "PASS" -> new Pop3Command.Pass(Arrays.copyOfRange(line, from, length));
            case "AUTH" -> auth(from);
            case "CAPA" -> bare ? new Pop3Command.Capa() : NO_ARGUMENT;
            case "STLS" -> bare ? new Pop3Command.Stls() : NO_ARGUMENT;
            case "UTF8" -> bare ? new Pop3Command.Utf8() : NO_ARGUMENT;
            case "LANG" -> lang(from);
            case "XCLIENT" -> xclient(from);
            case "QUIT" -> bare ? new Pop3Command.Quit() : NO_ARGUMENT;
            case "NOOP" -> bare ? new Pop3Command.Noop() : NO_ARGUMENT;
            case "STAT" -> bare ? new Pop3Command.Stat() : NO_ARGUMENT;
            case "RSET" -> bare ? new Pop3Command.Rset() : NO_ARGUMENT;
            case "LIST" -> numbered(from, true);
            case "UIDL" -> numbered(from, false);
            case "RETR", "DELE" -> one(word, from);
            case "TOP" -> top(from);
            default -> new Pop3Command.Malformed("unknown command");
        };
    }

    private String text(int from) {
        return new String(line, from, length - from, StandardCharsets.UTF_8);
    }

    private Pop3Command numbered(int from, boolean list) {
        Optional<Integer> number = Optional.empty();
        if (from < length) {
            number = number(text(from));
            if (number.isEmpty()) {
                return NO_NUMBER;
            }
        }
        return list ? new Pop3Command.List(number) : new Pop3Command.Uidl(number);
    }

    private Pop3Command one(String word, int from) {
        return number(text(from))
                .<Pop3Command>map(n -> word.equals("RETR") ? new Pop3Command.Retr(n) : new Pop3Command.Dele(n))
                .orElse(NO_NUMBER);
    }

    private Pop3Command top(int from) {
        String[] words = text(from).strip().split(" +", -1);
        Optional<Integer> number = words.length == 2 ? number(words[0]) : Optional.empty();
        Optional<Integer> lines = words.length == 2 ? number(words[1]) : Optional.empty();
        return number.isPresent() && lines.isPresent()
                ? new Pop3Command.Top(number.get(), lines.get())
                : new Pop3Command.Malformed("TOP takes the number of a message and a number of lines");
    }

    /// Not negative; what is larger than any message number is [Integer#MAX_VALUE].
    private static Optional<Integer> number(String text) {
        String digits = text.strip();
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return Optional.empty();
            }
            value = Math.min(Integer.MAX_VALUE, value * 10 + c - '0');
        }
        return digits.isEmpty() ? Optional.empty() : Optional.of((int) value);
    }

    private Pop3Command lang(int from) {
        String range = text(from).strip();
        for (int i = 0; i < range.length(); i++) {
            char c = range.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return new Pop3Command.Malformed("LANG takes one language");
            }
        }
        return new Pop3Command.Lang(range.isEmpty() ? Optional.empty() : Optional.of(range));
    }

    private Pop3Command xclient(int from) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String word : text(from).strip().split(" +", -1)) {
            int equals = word.indexOf('=');
            String name = word.substring(0, Math.max(0, equals)).toUpperCase(Locale.ROOT);
            String value = word.substring(equals + 1);
            boolean unknown = value.equalsIgnoreCase("[UNAVAILABLE]") || value.equalsIgnoreCase("[TEMPUNAVAIL]");
            if (equals < 1 || !unknown && attributes.put(name, value) != null) {
                return new Pop3Command.Malformed("XCLIENT takes NAME=value, each name once");
            }
        }
        return new Pop3Command.Xclient(attributes);
    }

    private Pop3Command auth(int from) {
        int end = from;
        while (end < length && line[end] != ' ') {
            end++;
        }
        String mechanism = new String(line, from, end - from, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
        if (end == length) {
            return new Pop3Command.Auth(mechanism, Optional.empty());
        }
        int start = end + 1;
        if (length - start == 1 && line[start] == '=') {
            return new Pop3Command.Auth(mechanism, Optional.of(new byte[0]));
        }
        return StrictBase64.decode(line, start, length)
                .<Pop3Command>map(initial -> new Pop3Command.Auth(mechanism, Optional.of(initial)))
                .orElse(new Pop3Command.Malformed("the initial response is no base64"));
    }
}
