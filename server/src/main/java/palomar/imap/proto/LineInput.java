package palomar.imap.proto;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import palomar.bytes.ByteInput;

/// The bytes of one command at a time: counts them against the limits, takes literals, and after an error finds
/// the place where the next command starts.
///
/// It remembers the last bytes of the line, because a refused line that ends with `{n+}` goes on after n more
/// bytes (RFC 7888 3), wherever in the line the error was. One thread.
final class LineInput {
    /// Longer than any `~{9223372036854775807+}` with its CR.
    private static final int TAIL = 32;

    private static final int NO_LITERAL = -1;

    private final ByteInput in;
    private final Continuation continuation;
    private final byte[] tail = new byte[TAIL];
    private int tailLength;
    private Limits limits;
    private int text;
    private int total;
    private boolean ended;

    /// Bytes of a refused literal that the client sends nevertheless.
    private long refused;

    LineInput(ByteInput in, Continuation continuation, Limits limits) {
        this.in = in;
        this.continuation = continuation;
        this.limits = limits;
    }

    void limits(Limits limits) {
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    ByteInput bytes() {
        return in;
    }

    /// A new command starts here, or a new message within an APPEND.
    void begin() {
        text = 0;
        total = 0;
        tailLength = 0;
        refused = 0;
        ended = false;
    }

    /// Was the command's last line end taken? Then there is nothing to skip.
    boolean ended() {
        return ended;
    }

    /// The next byte of the line, not taken. CR and LF show as what they are.
    int peek() throws IOException {
        int b = in.peek();
        if (b < 0) {
            throw new EOFException("the client went away within a command");
        }
        return b;
    }

    /// Takes the next byte, which must not be CR or LF.
    int take() throws IOException, SyntaxException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the client went away within a command");
        }
        tail[tailLength++ & TAIL - 1] = (byte) b;
        text++;
        total++;
        if (text > limits.line() || total > limits.command()) {
            throw new SyntaxException("command is longer than " + Math.min(limits.line(), limits.command()) + " bytes");
        }
        return b;
    }

    boolean atLineEnd() throws IOException {
        int b = peek();
        return b == '\n' || b == '\r';
    }

    /// Takes CRLF, or LF alone as some clients send it; what else stands there is left. Ends the command unless a
    /// literal follows ([#openLiteral]).
    ///
    /// @return false when there is something else
    boolean lineEnd() throws IOException, SyntaxException {
        if (peek() == '\r') {
            take();
        }
        if (peek() != '\n') {
            return false;
        }
        in.read();
        ended = true;
        return true;
    }

    /// The client continues after the line end that was just taken: with a literal.
    void openLiteral() {
        ended = false;
        tailLength = 0;
    }

    /// A literal was announced and will not be taken. When the client sends it all the same, it must be skipped;
    /// when it waits to be asked, the command is over.
    void refuseLiteral(long size, boolean synchronising) {
        if (synchronising) {
            ended = true;
            return;
        }
        openLiteral();
        refused = size;
    }

    /// Is there room in this command for a literal of `size` bytes?
    boolean fits(long size) {
        return size <= limits.command() - total;
    }

    /// And is such a value of an annotation small enough to be kept?
    boolean fitsAnnotation(long size) {
        return fits(size) && size <= limits.annotation();
    }

    /// Takes a literal of `size` bytes that is to be held in memory.
    byte[] literal(long size, boolean synchronising) throws IOException, SyntaxException {
        int room = limits.command() - total;
        if (size > room) {
            refuseLiteral(size, synchronising);
            throw new SyntaxException("literal of " + size + " bytes is too long here, at most " + room);
        }
        if (!synchronising && size > limits.nonSynchronising()) {
            refuseLiteral(size, false);
            throw new SyntaxException(
                    "non-synchronizing literal is longer than " + limits.nonSynchronising() + " bytes");
        }
        openLiteral();
        if (synchronising) {
            continuation.proceed();
        }
        total += (int) size;
        return readExactly((int) size);
    }

    void proceed() throws IOException {
        continuation.proceed();
    }

    /// Grows as bytes come, so that an announcement alone costs nothing.
    private byte[] readExactly(int size) throws IOException {
        byte[] bytes = new byte[Math.min(size, 4096)];
        int have = 0;
        while (have < size) {
            if (have == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(size, have * 2));
            }
            int taken = in.read(bytes, have, bytes.length - have);
            if (taken < 0) {
                throw new EOFException("the client went away within a literal");
            }
            have += taken;
        }
        return bytes;
    }

    /// Goes to the start of the next command, over lines and literals.
    ///
    /// @return false when that is farther than the limit allows: the connection is of no more use
    boolean skipRest() throws IOException {
        long budget = limits.discard();
        if (!ended && refused > 0) {
            if (refused > budget) {
                return false;
            }
            budget -= refused;
            skip(refused);
            refused = 0;
        }
        while (!ended) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the client went away within a command");
            }
            if (b != '\n') {
                tail[tailLength++ & TAIL - 1] = (byte) b;
                if (--budget < 0) {
                    return false;
                }
                continue;
            }
            long literal = announced();
            if (literal == NO_LITERAL) {
                ended = true;
            } else if (literal > budget) {
                return false;
            } else {
                budget -= literal;
                skip(literal);
                tailLength = 0;
            }
        }
        return true;
    }

    void skip(long count) throws IOException {
        if (in.transferTo(java.io.OutputStream.nullOutputStream(), count) < count) {
            throw new EOFException("the client went away within a literal");
        }
    }

    /// The size in a `{n+}` that ends the line; [#NO_LITERAL] when there is none or the client waits to be asked.
    private long announced() {
        int at = tailLength;
        if (tailAt(at - 1) == '\r') {
            at--;
        }
        if (tailAt(at - 1) != '}' || tailAt(at - 2) != '+') {
            return NO_LITERAL;
        }
        int end = at - 2;
        int start = end;
        while (Bytes.isDigit(tailAt(start - 1))) {
            start--;
        }
        if (tailLength - start >= TAIL) {
            return Long.MAX_VALUE; // digits beyond the tail: more than any number we would skip
        }
        if (start == end || tailAt(start - 1) != '{') {
            return NO_LITERAL;
        }
        long size = 0;
        for (int i = start; i < end; i++) {
            int digit = tailAt(i) - '0';
            if (size > (Long.MAX_VALUE - digit) / 10) {
                return Long.MAX_VALUE;
            }
            size = size * 10 + digit;
        }
        return size;
    }

    private int tailAt(int index) {
        return index < 0 || tailLength - index > TAIL ? -1 : tail[index & TAIL - 1];
    }
}
