package palomar.pop3.proto;

import java.io.IOException;
import java.io.OutputStream;
import palomar.bytes.ByteOutput;

/// Sends a message as a multi-line reply: lines end with CRLF, a dot in front of a line is doubled, and nothing is
/// sent behind the wanted number of body lines. RFC 1939 3, 7 (TOP). One use, one thread.
public final class MessageSender extends OutputStream {
    private final ByteOutput out;
    private long bodyLines;
    private boolean inBody;
    private boolean lineIsEmpty = true;
    private boolean cr;

    /// @param bodyLines how many lines behind the header; [Long#MAX_VALUE] for the whole message
    public MessageSender(ByteOutput out, long bodyLines) {
        this.out = out;
        this.bodyLines = bodyLines;
    }

    /// True when more of the message changes nothing.
    public boolean isFull() {
        return inBody && bodyLines == 0;
    }

    @Override
    public void write(int b) throws IOException {
        byte[] one = {(byte) b};
        write(one, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        int end = offset + length;
        int from = offset;
        while (from < end && !isFull()) {
            if (lineIsEmpty && !cr && source[from] == '.') {
                out.write('.');
            }
            int to = from;
            while (to < end && source[to] != '\n') {
                to++;
            }
            if (to > from) {
                boolean alone = to - from == 1 && source[from] == '\r';
                if (cr && lineIsEmpty) {
                    lineIsEmpty = false; // a CR that was not before LF
                }
                cr = source[to - 1] == '\r';
                lineIsEmpty &= alone;
                out.write(source, from, to - from);
            }
            if (to < end) {
                endLine();
                to++;
            }
            from = to;
        }
    }

    private void endLine() throws IOException {
        if (!cr) {
            out.write('\r');
        }
        out.write('\n');
        if (inBody) {
            bodyLines--;
        } else {
            inBody = lineIsEmpty;
        }
        lineIsEmpty = true;
        cr = false;
    }

    /// The end of the reply: the last line is ended where the message does not do it, and a dot stands alone.
    public void finish() throws IOException {
        if (!isFull() && !(lineIsEmpty && !cr)) {
            endLine();
        }
        out.ascii(".\r\n");
    }
}
