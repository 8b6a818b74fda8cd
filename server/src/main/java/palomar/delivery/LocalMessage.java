package palomar.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import palomar.smtp.proto.SmtpPath;

/// A message as it comes from a pipe or a file: lines end with LF or CRLF, and an mbox `From ` line may stand in
/// front. One thread.
public final class LocalMessage {
    private static final int CHUNK = 16 * 1024;
    private static final int MOST_FROM_LINE = 1024;
    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int end;

    public LocalMessage(InputStream in) {
        this.in = in;
    }

    /// Takes the mbox line off, if there is one; returns the sender that it names. Call it first.
    public Optional<SmtpPath> takeFromLine() throws IOException {
        while (end < FROM.length && more()) {
            // until it can be told
        }
        for (int i = 0; i < FROM.length; i++) {
            if (i >= end || chunk[i] != FROM[i]) {
                return Optional.empty();
            }
        }
        StringBuilder line = new StringBuilder();
        while (at < end || more()) {
            byte b = chunk[at++];
            if (b == '\n') {
                break;
            }
            if (line.length() < MOST_FROM_LINE) {
                line.append((char) (b & 0xff));
            }
        }
        String sender = line.substring(FROM.length).strip();
        int space = sender.indexOf(' ');
        return SmtpPath.parse(space < 0 ? sender : sender.substring(0, space));
    }

    /// Reads behind what is there; false at the end.
    private boolean more() throws IOException {
        if (at == end) {
            at = 0;
            end = 0;
        }
        int count = in.read(chunk, end, chunk.length - end);
        end += Math.max(0, count);
        return count > 0;
    }

    /// Writes the rest with CRLF for each LF that has no CR.
    public void copyTo(OutputStream out) throws IOException {
        byte[] wire = new byte[2 * CHUNK];
        byte before = 0;
        while (at < end || more()) {
            int length = 0;
            while (at < end) {
                byte b = chunk[at++];
                if (b == '\n' && before != '\r') {
                    wire[length++] = '\r';
                }
                wire[length++] = b;
                before = b;
            }
            out.write(wire, 0, length);
        }
    }
}
