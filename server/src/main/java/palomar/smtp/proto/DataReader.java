package palomar.smtp.proto;

import java.io.IOException;
import java.io.OutputStream;
import palomar.bytes.ByteInput;
import palomar.bytes.LineEnds;

/// The content behind DATA: takes out the dots that were put in, and ends at CRLF.CRLF and nowhere else. Bytes
/// pass unchanged otherwise, bare LF and bare CR too: they neither begin a line nor end the message. RFC 5321
/// 4.5.2
public final class DataReader {
    private final OutputStream to;
    private State state = State.LINE_START;
    private boolean ended;

    private enum State {
        /// Behind CRLF, or at the very beginning.
        LINE_START,
        /// Behind a dot at the start of a line, which was taken out.
        DOT,
        /// Behind such a dot and a CR, which is held back.
        DOT_CR,
        /// Within a line.
        WITHIN,
        /// Behind a CR within a line.
        CR
    }

    private DataReader(OutputStream to) {
        this.to = to;
    }

    /// Moves the content to `to` window by window; false when the input ended before the content did.
    ///
    /// An exception of `to` leaves the input in the middle of the message: it must not be read further.
    public static boolean copy(ByteInput in, OutputStream to) throws IOException {
        DataReader reader = new DataReader(to);
        while (!reader.ended) {
            if (in.show(reader::take) < 0) {
                return false;
            }
        }
        return true;
    }

    private int take(byte[] buffer, int from, int end) throws IOException {
        int start = from; // the first byte that is not yet written
        int at = from;
        while (at < end) {
            byte b = buffer[at];
            switch (state) {
                case WITHIN -> {
                    // LF is what can be found fast; it ends the line only with a CR before it.
                    int lineFeed = LineEnds.next(buffer, at, end);
                    boolean afterCr = lineFeed > at && buffer[lineFeed - 1] == '\r';
                    if (lineFeed < end) {
                        state = afterCr ? State.LINE_START : State.WITHIN;
                        at = lineFeed + 1;
                    } else {
                        state = afterCr ? State.CR : State.WITHIN;
                        at = end;
                    }
                }
                case CR -> {
                    state = b == '\n' ? State.LINE_START : b == '\r' ? State.CR : State.WITHIN;
                    at++;
                }
                case LINE_START -> {
                    if (b == '.') {
                        to.write(buffer, start, at - start);
                        start = at + 1;
                        state = State.DOT;
                    } else {
                        state = b == '\r' ? State.CR : State.WITHIN;
                    }
                    at++;
                }
                case DOT -> {
                    if (b == '\r') {
                        start = at + 1;
                        state = State.DOT_CR;
                    } else {
                        state = State.WITHIN;
                    }
                    at++;
                }
                case DOT_CR -> {
                    if (b == '\n') {
                        ended = true;
                        return at + 1 - from;
                    }
                    to.write('\r');
                    state = b == '\r' ? State.CR : State.WITHIN;
                    at++;
                }
            }
        }
        if (start < end) {
            to.write(buffer, start, end - start);
        }
        return end - from;
    }
}
