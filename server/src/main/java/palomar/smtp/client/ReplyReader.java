package palomar.smtp.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import palomar.bytes.ByteInput;
import palomar.smtp.proto.SmtpReply;

/// Reads replies. RFC 5321 4.2, RFC 2034 4
///
/// Text comes out printable and valid, whatever the peer sent: it goes into logs and reports. Lines may end in LF
/// alone (nothing of ours hangs on that), a reply is bounded in lines and bytes, and a code is three digits from
/// 200
/// to 599, the same in each line. One thread.
public final class ReplyReader {
    /// RFC 5321 4.5.3.1.5 says 512; who sends more is let.
    static final int LONGEST_LINE = 2048;

    static final int MOST_LINES = 128;
    private static final int MOST_KEPT = 512;

    private final ByteInput in;
    private final byte[] line = new byte[LONGEST_LINE];
    private int length;

    public ReplyReader(ByteInput in) {
        this.in = in;
    }

    /// Waits for a whole reply. Throws [RelayTrouble] when there is none, or something else.
    public SmtpReply next() throws IOException {
        List<String> texts = new ArrayList<>();
        int code = 0;
        String enhanced = "";
        boolean more = true;
        while (more) {
            if (texts.size() == MOST_LINES) {
                throw new RelayTrouble("4.5.0", "the relay's reply does not end");
            }
            if (!readLine()) {
                boolean between = texts.isEmpty() && length == 0;
                throw new RelayTrouble("4.4.2", "the relay closed the connection" + (between ? "" : " within a reply"));
            }
            int found = code(texts.isEmpty() ? 0 : code);
            more = length > 3 && line[3] == '-';
            int from = Math.min(length, 4);
            int after = enhancedEnd(from, found);
            if (texts.isEmpty()) {
                code = found;
                enhanced = after > from ? ascii(from, after) : "";
            }
            texts.add(text(after > from ? Math.min(length, after + 1) : from));
        }
        return new SmtpReply(code, enhanced, texts);
    }

    private boolean readLine() throws IOException {
        length = 0;
        while (true) {
            int b = in.read();
            if (b < 0) {
                return false;
            }
            if (b == '\n') {
                if (length > 0 && line[length - 1] == '\r') {
                    length--;
                }
                return true;
            }
            if (length == LONGEST_LINE) {
                throw new RelayTrouble("4.5.0", "the relay sends a line without end");
            }
            line[length++] = (byte) b;
        }
    }

    /// @param before of the lines before; 0 when this is the first
    private int code(int before) throws RelayTrouble {
        boolean digits = length >= 3 && isDigit(line[0]) && isDigit(line[1]) && isDigit(line[2]);
        boolean ends = length == 3 || length > 3 && (line[3] == ' ' || line[3] == '-');
        int code = digits ? (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0' : 0;
        if (!ends || code < 200 || code > 599 || before != 0 && before != code) {
            throw new RelayTrouble("4.5.0", "the relay sends what is no reply: " + text(0));
        }
        return code;
    }

    /// Where the enhanced code that stands at `from` ends, or `from` when none stands there. RFC 3463 2
    private int enhancedEnd(int from, int code) {
        int at = from;
        if (at + 5 > length || line[at] - '0' != code / 100 || line[at + 1] != '.') {
            return from;
        }
        int subject = digits(at + 2);
        if (subject == at + 2 || subject >= length || line[subject] != '.') {
            return from;
        }
        int detail = digits(subject + 1);
        boolean whole = detail > subject + 1 && (detail == length || line[detail] == ' ');
        return whole ? detail : from;
    }

    /// Behind up to three digits.
    private int digits(int from) {
        int at = from;
        while (at < length && at < from + 3 && isDigit(line[at])) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private String ascii(int from, int to) {
        return new String(line, from, to - from, StandardCharsets.US_ASCII);
    }

    private String text(int from) {
        String text = new String(line, from, Math.min(length - from, MOST_KEPT), StandardCharsets.UTF_8);
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == '\t' ? ' ' : Character.isISOControl(c) || isUnfit(c) ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }

    /// Breaks lines or turns directions in a log.
    private static boolean isUnfit(int c) {
        int type = Character.getType(c);
        return type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.FORMAT
                || type == Character.SURROGATE;
    }
}
