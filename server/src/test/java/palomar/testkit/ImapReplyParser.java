package palomar.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what an IMAP server says, by its own reading of RFC 9051 9 and strictly: a line that a client could
/// stumble over is an [IllegalStateException] with the bytes before it. Shares nothing with `palomar.imap.proto`.
/// One thread.
public final class ImapReplyParser {
    private final InputStream in;
    private final StringBuilder seen = new StringBuilder();
    private int next = -2;

    public ImapReplyParser(InputStream in) {
        this.in = in;
    }

    /// The next response; null at the end of the stream.
    public @Nullable ImapReply read() throws IOException {
        seen.setLength(0);
        if (peek() < 0) {
            return null;
        }
        String tag = until(' ');
        take(' ');
        if (tag.equals("+")) {
            return new ImapReply(tag, List.of(), "", line());
        }
        if (tag.isEmpty() || tag.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || "(){%\"\\".indexOf(c) >= 0)) {
            throw broken("not a tag: " + tag);
        }
        List<ImapReply.Value> values = new ArrayList<>();
        do {
            values.add(value());
            ImapReply so = new ImapReply(tag, List.copyOf(values), "", "");
            if (values.size() == 1 && so.isStatus()) {
                return status(so);
            }
        } while (skip(' '));
        end();
        if (!tag.equals("*")) {
            throw broken("a tagged response that is no status");
        }
        return new ImapReply(tag, List.copyOf(values), "", "");
    }

    private ImapReply status(ImapReply start) throws IOException {
        take(' ');
        String code = "";
        if (peek() == '[') {
            take('[');
            code = code();
            take(']');
            take(' ');
        }
        String text = line();
        if (text.isEmpty()) {
            throw broken("a status response without text");
        }
        return new ImapReply(start.tag(), start.values(), code, text);
    }

    private String code() throws IOException {
        StringBuilder code = new StringBuilder();
        boolean quoted = false;
        while (quoted || peek() != ']') {
            int b = take();
            if (b == '\r' || b == '\n') {
                throw broken("a line end within a response code");
            }
            if (quoted && b == '\\') {
                code.append((char) b);
                b = take();
            } else if (b == '"') {
                quoted = !quoted;
            }
            code.append((char) b);
        }
        return code.toString();
    }

    private ImapReply.Value value() throws IOException {
        return switch (peek()) {
            case '(' -> items();
            case '"' -> new ImapReply.Text(quoted(), '"');
            case '{' -> new ImapReply.Text(literal(), '{');
            default -> atom();
        };
    }

    private ImapReply.Value items() throws IOException {
        take('(');
        List<ImapReply.Value> items = new ArrayList<>();
        while (!skip(')')) {
            // Parenthesised lists may stand side by side without a space: address lists, body structures,
            // namespaces.
            if (!items.isEmpty() && !(peek() == '(' && items.getLast() instanceof ImapReply.Items)) {
                take(' ');
            }
            items.add(value());
        }
        return new ImapReply.Items(List.copyOf(items));
    }

    private String quoted() throws IOException {
        take('"');
        StringBuilder text = new StringBuilder();
        while (peek() != '"') {
            int b = take();
            if (b == '\r' || b == '\n' || b == 0) {
                throw broken("a quoted string with a line end or NUL");
            }
            if (b == '\\') {
                b = take();
                if (b != '\\' && b != '"') {
                    throw broken("a backslash before neither quote nor backslash");
                }
            }
            text.append((char) b);
        }
        take('"');
        return text.toString();
    }

    private String literal() throws IOException {
        take('{');
        int size = Integer.parseInt(until('}'));
        take('}');
        end();
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) take();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private ImapReply.Value atom() throws IOException {
        StringBuilder text = new StringBuilder();
        while (" ()\r\n".indexOf(peek()) < 0) {
            int b = take();
            if (b < 0x21 || b > 0x7e || b == '"' || b == '{') {
                throw broken("byte " + b + " in an atom");
            }
            text.append((char) b);
            if (b == '~' && text.length() == 1 && peek() == '{') {
                return new ImapReply.Text(literal(), '~');
            }
            if (b == '[' && List.of("BODY[", "BINARY[", "BINARY.SIZE[").contains(text.toString())) {
                section(text);
            }
        }
        if (text.isEmpty()) {
            throw broken("a value is missing");
        }
        return text.toString().equals("NIL") ? new ImapReply.Nil() : new ImapReply.Atom(text.toString());
    }

    /// The inside of `BODY[...]`: header names may be strings, and then a bracket may be one of their characters.
    private void section(StringBuilder text) throws IOException {
        while (peek() != ']') {
            if (peek() == '"') {
                text.append('"').append(quoted()).append('"');
            } else if (peek() == '{') {
                text.append('"').append(literal()).append('"');
            } else {
                text.append((char) take());
            }
        }
    }

    private String line() throws IOException {
        String text = until('\r');
        if (text.indexOf('\n') >= 0 || text.indexOf(0) >= 0) {
            throw broken("LF alone or NUL in a text");
        }
        end();
        return text;
    }

    private String until(int end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (peek() != end) {
            text.append((char) take());
        }
        return text.toString();
    }

    private void end() throws IOException {
        take('\r');
        take('\n');
    }

    private boolean skip(int b) throws IOException {
        if (peek() != b) {
            return false;
        }
        take();
        return true;
    }

    private void take(int wanted) throws IOException {
        int b = take();
        if (b != wanted) {
            throw broken("expected '" + (char) wanted + "', not '" + (char) b + "'");
        }
    }

    private int peek() throws IOException {
        if (next == -2) {
            next = in.read();
        }
        return next;
    }

    private int take() throws IOException {
        int b = peek();
        if (b < 0) {
            throw new EOFException("the server closed the connection after: " + seen);
        }
        next = -2;
        if (seen.length() < 2_000) {
            seen.append((char) b);
        }
        return b;
    }

    private IllegalStateException broken(String why) {
        return new IllegalStateException(why + " after: " + seen);
    }
}
