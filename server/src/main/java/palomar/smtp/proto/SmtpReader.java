package palomar.smtp.proto;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import palomar.bytes.ByteInput;

/// Reads commands. Only CRLF ends one: a line with a bare LF or another control character is answered, not obeyed,
/// so that nothing we take for a command can be content for someone else. One thread.
public final class SmtpReader {
    private static final int FIRST_BYTES = 256;

    /// How far behind the limit we look for the end of a line that is too long.
    private static final int MOST_SKIPPED = 64 * 1024;

    private static final SmtpReply TOO_LONG = SmtpReply.of(500, "5.5.2", "line too long");
    private static final SmtpReply BARE_LF = SmtpReply.of(500, "5.5.2", "a line ends with CR LF, not with LF alone");
    private static final SmtpReply CONTROL = SmtpReply.of(500, "5.5.2", "control character in a command");

    private final ByteInput in;
    private final int mostBytes;
    private final boolean submission;
    private byte[] line = new byte[FIRST_BYTES];
    private int length;

    /// @param mostBytes of a line with its CRLF; RFC 5321 4.5.3.1.4 asks for 512 and what extensions add
    public SmtpReader(ByteInput in, int mostBytes) {
        this(in, mostBytes, false);
    }

    private SmtpReader(ByteInput in, int mostBytes, boolean submission) {
        this.in = in;
        this.mostBytes = mostBytes;
        this.submission = submission;
    }

    /// For Submission, which has AUTH, BURL and more parameters of MAIL.
    public static SmtpReader submission(ByteInput in, int mostBytes) {
        return new SmtpReader(in, mostBytes, true);
    }

    /// Waits for a client's answer to a challenge, without its line end; the caller wipes it. Empty: the line was
    /// too long, or not ended by CRLF. RFC 4954 4
    ///
    /// @throws EOFException the client closed its side
    public Optional<byte[]> answer() throws IOException {
        length = 0;
        boolean whole = true;
        int last = -1;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || length == MOST_SKIPPED) {
                throw new EOFException("the answer to a challenge does not end");
            }
            last = b;
            whole &= length < mostBytes;
            if (whole && length == line.length) {
                byte[] longer = Arrays.copyOf(line, Math.min(mostBytes, 2 * length));
                Arrays.fill(line, (byte) 0);
                line = longer;
            }
            if (whole) {
                line[length] = (byte) b;
            }
            length++;
        }
        boolean fine = whole && last == '\r';
        Optional<byte[]> answer = fine ? Optional.of(Arrays.copyOf(line, length - 1)) : Optional.empty();
        Arrays.fill(line, (byte) 0);
        return answer;
    }

    /// Waits for a whole line and says what it means.
    public SmtpCommand next() throws IOException {
        length = 0;
        boolean control = false;
        while (true) {
            int b = in.read();
            if (b < 0) {
                return new SmtpCommand.EndOfInput();
            }
            if (b == '\n') {
                return whole(control);
            }
            if (length == mostBytes - 1) {
                return skipLine();
            }
            // A CR is fine only as the last byte; NUL and its kin never.
            control |= b < ' ' && b != '\t' && b != '\r' || b == 0x7f || length > 0 && line[length - 1] == '\r';
            if (length == line.length) {
                line = Arrays.copyOf(line, Math.min(mostBytes, 2 * length));
            }
            line[length++] = (byte) b;
        }
    }

    private SmtpCommand whole(boolean control) {
        if (length == 0 || line[length - 1] != '\r') {
            return new SmtpCommand.Malformed(BARE_LF, false);
        }
        if (control) {
            return new SmtpCommand.Malformed(CONTROL, false);
        }
        SmtpCommand command = SmtpParser.parse(line, length - 1, submission);
        if (command instanceof SmtpCommand.Auth) {
            Arrays.fill(line, (byte) 0);
        }
        return command;
    }

    private SmtpCommand skipLine() throws IOException {
        for (int skipped = 0; skipped < MOST_SKIPPED; skipped++) {
            int b = in.read();
            if (b < 0) {
                return new SmtpCommand.EndOfInput();
            }
            if (b == '\n') {
                return new SmtpCommand.Malformed(TOO_LONG, false);
            }
        }
        return new SmtpCommand.Malformed(TOO_LONG, true);
    }
}
