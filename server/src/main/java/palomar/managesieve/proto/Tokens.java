package palomar.managesieve.proto;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import palomar.bytes.ByteInput;

/// Takes the tokens of one command from the input. It remembers the end of what it took of the line, so that what
/// is skipped after an error is skipped with its literals. One thread.
final class Tokens {
    /// Between the quotes. RFC 5804 4: quoted
    static final int MAX_QUOTED = 1024;

    private static final int FIRST_BYTES = 128;

    /// The longest `{n+}` with CRLF, and one more.
    private static final int TAIL = 16;

    private final ByteInput in;
    private Limits limits;

    /// The last bytes taken of this line, the newest at `taken % TAIL`.
    private final byte[] tail = new byte[TAIL];

    private int taken;
    private byte[] bytes = new byte[FIRST_BYTES];

    Tokens(ByteInput in, Limits limits) {
        this.in = in;
        this.limits = limits;
    }

    void limits(Limits changed) {
        limits = changed;
    }

    Limits limits() {
        return limits;
    }

    /// A new line begins.
    void begin() {
        taken = 0;
        Arrays.fill(tail, (byte) 0);
    }

    /// Who waits for the next command holds no buffer of the last one.
    private void shrink() {
        if (bytes.length > MAX_QUOTED) {
            bytes = new byte[FIRST_BYTES];
        }
    }

    /// The next byte without taking it.
    int peek() throws IOException {
        int b = in.peek();
        if (b < 0) {
            throw new EOFException("the client has closed the connection");
        }
        return b;
    }

    private int take() throws IOException, SyntaxException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the client has closed the connection");
        }
        tail[taken++ % TAIL] = (byte) b;
        if (taken > limits.line()) {
            throw new SyntaxException("line too long");
        }
        return b;
    }

    /// Takes CRLF, or says what was expected.
    void lineEnd(String otherwise) throws IOException, SyntaxException {
        if (peek() != '\r') {
            throw new SyntaxException("expected " + otherwise);
        }
        take();
        if (peek() != '\n') {
            throw new SyntaxException("a line ends with CR LF");
        }
        take();
    }

    boolean atLineEnd() throws IOException {
        int b = peek();
        return b == '\r' || b == '\n';
    }

    void space() throws IOException, SyntaxException {
        if (peek() != ' ') {
            throw new SyntaxException("expected a space");
        }
        take();
    }

    /// The letters of a command's name, in upper case.
    String verb(int longest) throws IOException, SyntaxException {
        StringBuilder verb = new StringBuilder();
        for (int b = peek(); b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'; b = peek()) {
            if (verb.length() == longest) {
                return "";
            }
            verb.append((char) (take() & ~0x20));
        }
        return verb.toString();
    }

    /// RFC 5804 4: number
    long number() throws IOException, SyntaxException {
        int first = peek();
        if (first < '0' || first > '9') {
            throw new SyntaxException("expected a number");
        }
        long value = take() - '0';
        for (int b = peek(); b >= '0' && b <= '9'; b = peek()) {
            if (value == 0) {
                throw new SyntaxException("a number has no zeros in front");
            }
            value = value * 10 + take() - '0';
            if (value > 0xffff_ffffL) {
                throw new SyntaxException("number above 4294967295");
            }
        }
        return value;
    }

    /// A string of at most so many bytes. Throws TooBigException, before the literal, when it announces more.
    byte[] string(int most) throws IOException, SyntaxException, TooBigException {
        return switch (peek()) {
            case '"' -> quoted(most);
            case '{' -> literal(most);
            default -> throw new SyntaxException("expected a string");
        };
    }

    /// A string that is text.
    String text(int most) throws IOException, SyntaxException {
        return decoded(octets(most));
    }

    /// A string whose size is no special case.
    byte[] octets(int most) throws IOException, SyntaxException {
        try {
            return string(most);
        } catch (TooBigException big) {
            throw new SyntaxException("string too long");
        }
    }

    private static String decoded(byte[] utf8) throws SyntaxException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SyntaxException("a string must be UTF-8");
        }
    }

    private byte[] quoted(int most) throws IOException, SyntaxException {
        take();
        int length = 0;
        int between = 0;
        boolean international = false;
        while (true) {
            int b = take();
            if (b == '"') {
                break;
            }
            if (b == '\r' || b == '\n' || b == 0) {
                throw new SyntaxException("a quoted string ends on its line and has no NUL");
            }
            between++;
            if (b == '\\') {
                between++;
                b = peek();
                if (b != '"' && b != '\\') {
                    throw new SyntaxException("a backslash stands before a quote or a backslash only");
                }
                take();
            }
            if (between > MAX_QUOTED || length == most) {
                throw new SyntaxException("quoted string too long: send a literal");
            }
            international |= b >= 0x80;
            room(length + 1);
            bytes[length++] = (byte) b;
        }
        byte[] string = Arrays.copyOf(bytes, length);
        if (international) {
            decoded(string);
        }
        return string;
    }

    private byte[] literal(int most) throws IOException, SyntaxException, TooBigException {
        take();
        long size = number();
        if (peek() != '+') {
            throw new SyntaxException("a literal begins with {size+}");
        }
        take();
        if (peek() != '}') {
            throw new SyntaxException("a literal begins with {size+}");
        }
        take();
        if (size > most) {
            throw new TooBigException(size);
        }
        lineEnd("the end of the line behind {size+}");
        // What follows the literal is another line.
        begin();
        int length = 0;
        while (length < size) {
            room((int) Math.min(size, length + 4096L));
            int got = in.read(bytes, length, (int) Math.min(size - length, bytes.length - length));
            if (got < 0) {
                throw new EOFException("the client has closed the connection");
            }
            length += got;
        }
        byte[] content = Arrays.copyOf(bytes, length);
        shrink();
        return content;
    }

    /// Grows as bytes come, not as they are promised.
    private void room(int length) {
        if (bytes.length < length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
        }
    }

    /// Moves to the start of the next command: behind the end of this line, and when the line announces a literal,
    /// behind that and the rest of the command.
    ///
    /// @return false: that would be too much
    boolean skipRest() throws IOException {
        long left = limits.skipped();
        while (true) {
            int last = taken == 0 ? 0 : tail[(taken - 1) % TAIL];
            while (last != '\n') {
                int b = in.read();
                if (b < 0) {
                    throw new EOFException("the client has closed the connection");
                }
                tail[taken++ % TAIL] = (byte) b;
                last = b;
                if (--left < 0) {
                    return false;
                }
            }
            long size = announced();
            if (size < 0) {
                return true;
            }
            left -= size;
            if (left < 0) {
                return false;
            }
            if (in.transferTo(OutputStream.nullOutputStream(), size) < size) {
                throw new EOFException("the client has closed the connection");
            }
            begin();
        }
    }

    /// The size in a `{n+}` before the line's end; -1 when there is none, more than can be when it can't be read.
    private long announced() {
        int at = taken - 2;
        if (at >= 0 && byteAt(at) == '\r') {
            at--;
        }
        if (at < 1 || byteAt(at) != '}' || byteAt(at - 1) != '+') {
            return -1;
        }
        int oldest = Math.max(0, taken - TAIL);
        long size = 0;
        long place = 1;
        for (at -= 2; at >= oldest && byteAt(at) >= '0' && byteAt(at) <= '9'; at--) {
            size += place * (byteAt(at) - '0');
            place *= 10;
        }
        if (at < oldest) {
            return Long.MAX_VALUE;
        }
        return place > 1 && byteAt(at) == '{' ? size : -1;
    }

    private int byteAt(int at) {
        return tail[at % TAIL];
    }
}
