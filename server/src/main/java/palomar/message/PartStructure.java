package palomar.message;

import java.io.IOException;
import java.util.Optional;
import palomar.bytes.ByteOutput;
import palomar.bytes.MemoryOutput;

/// BODY of one part, cut out of that of the whole message. RFC 9051 7.5.2, RFC 5524 3.2. Immutable.
public final class PartStructure {
    /// Where the members of a part that is no multipart stand.
    private static final int ENCODING = 5;

    private static final int SIZE = 6;
    private static final int INNER_STRUCTURE = 8;

    private final byte[] body;
    private final int start;

    private PartStructure(byte[] body, int start) {
        this.body = body;
        this.start = start;
    }

    /// @param path of a part, as in BODY[2.1]; empty for the message
    /// @return empty when there is no such part
    public static Optional<PartStructure> of(Digest digest, int... path) throws IOException {
        if (path.length > 0 && digest.part(path).isEmpty()) {
            return Optional.empty();
        }
        MemoryOutput whole = new MemoryOutput(512);
        digest.writeBodyStructure(whole, false);
        PartStructure found = new PartStructure(whole.toByteArray(), 0);
        for (int i = 0; i < path.length; i++) {
            found = found.child(path[i], i > 0);
        }
        return Optional.of(found);
    }

    /// @param inside does the number name a part of this one? Otherwise this is the message itself, whose first
    ///     part is its only text.
    private PartStructure child(int number, boolean inside) {
        PartStructure entity = inside && !isMultipart() ? new PartStructure(body, member(INNER_STRUCTURE)) : this;
        return entity.isMultipart() ? new PartStructure(body, entity.member(number - 1)) : entity;
    }

    private boolean isMultipart() {
        return body[start + 1] == '(';
    }

    /// Is it text, which has a count of lines?
    public boolean isText() {
        return !isMultipart() && body[start + 1] == '"' && startsWith("\"text\"");
    }

    private boolean startsWith(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (Character.toLowerCase(body[start + 1 + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    public void write(ByteOutput out) throws IOException {
        out.write(body, start, after(start) - start);
    }

    /// The same for other content than the message has: decoded, or only a stretch of it.
    ///
    /// @param encoding the transfer encoding of that content; empty: as before
    /// @param size its bytes
    /// @param lines its lines, told of text only
    public void write(ByteOutput out, String encoding, long size, long lines) throws IOException {
        if (isMultipart()) {
            write(out);
            return;
        }
        int encodingAt = member(ENCODING);
        int sizeAt = member(SIZE);
        out.write(body, start, encodingAt - start);
        if (encoding.isEmpty()) {
            out.write(body, encodingAt, sizeAt - encodingAt);
        } else {
            out.write('"');
            out.ascii(encoding);
            out.ascii("\" ");
        }
        out.number(size);
        int rest = after(sizeAt);
        if (isText()) {
            out.write(' ');
            out.number(lines);
            rest = after(rest + 1);
        }
        out.write(body, rest, after(start) - rest);
    }

    /// Where the n-th thing within the parentheses begins; children of a multipart stand side by side.
    private int member(int index) {
        int at = start + 1;
        for (int i = 0; i < index; i++) {
            at = after(at);
            if (body[at] == ' ') {
                at++;
            }
        }
        return at;
    }

    /// Behind the thing that begins at `at`: a list, a string, a literal or a word.
    private int after(int at) {
        return switch (body[at]) {
            case '(' -> {
                int next = at + 1;
                while (body[next] != ')') {
                    next = body[next] == ' ' ? next + 1 : after(next);
                }
                yield next + 1;
            }
            case '"' -> {
                int next = at + 1;
                while (body[next] != '"') {
                    next += body[next] == '\\' ? 2 : 1;
                }
                yield next + 1;
            }
            case '{' -> {
                int size = 0;
                int next = at + 1;
                for (; body[next] != '}'; next++) {
                    size = size * 10 + (body[next] - '0');
                }
                yield next + 3 + size;
            }
            default -> {
                int next = at;
                while (body[next] != ' ' && body[next] != ')') {
                    next++;
                }
                yield next;
            }
        };
    }
}
