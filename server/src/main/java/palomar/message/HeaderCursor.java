package palomar.message;

import palomar.bytes.LineEnds;

/// Walks the fields of a header in memory, continuation lines included. RFC 5322 2.2
///
/// Lines end in LF or CRLF. A line that is neither a field nor a continuation (mbox's `From ` line, garbage)
/// is a field without a name, so that every byte before the empty line belongs to exactly one field. A name
/// consists of anything but blanks, controls and the colon, 8-bit bytes included; blanks before the colon are
/// let pass. RFC 5322 4.5. A name, with the blanks behind it, that is longer than a line may be is none.
public final class HeaderCursor {
    /// A line without its end. RFC 5322 2.1.1
    static final int LONGEST_NAME = 998;

    private final byte[] bytes;
    private int limit;
    private int start;
    private int nameEnd;
    private int valueStart;
    private int end;

    public HeaderCursor(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.limit = to;
        this.end = from;
    }

    /// Moves to the next field; false at the empty line or the end.
    public boolean next() {
        if (!begin(end, limit)) {
            return false;
        }
        end = lineEnd(bytes, valueStart, limit);
        while (end < limit && isBlank(bytes[end])) {
            end = lineEnd(bytes, end, limit);
        }
        return true;
    }

    /// Moves to the beginning of the field in `bytes[from, to)`, without looking for its end; false at the empty
    /// line or the end.
    boolean begin(int from, int to) {
        start = from;
        limit = to;
        if (start >= limit || atEmptyLine()) {
            return false;
        }
        findName();
        return true;
    }

    /// Where the field's first line starts.
    public int start() {
        return start;
    }

    /// Where its name ends; equal to [#start()] when it has none.
    public int nameEnd() {
        return nameEnd;
    }

    /// The first byte after the colon.
    public int valueStart() {
        return valueStart;
    }

    /// Behind its last line end.
    public int end() {
        return end;
    }

    boolean isNamed(byte[] lowerCaseName) {
        return HeaderField.equalsIgnoreCase(lowerCaseName, bytes, start, nameEnd);
    }

    /// The value without line ends and outer blanks, one char a byte.
    String value() {
        return RawText.unfold(bytes, valueStart, end);
    }

    private boolean atEmptyLine() {
        return bytes[start] == '\n' || bytes[start] == '\r' && start + 1 < limit && bytes[start + 1] == '\n';
    }

    private void findName() {
        int most = Math.min(limit, start + LONGEST_NAME);
        int at = start;
        while (at < most && isNameByte(bytes[at])) {
            at++;
        }
        int after = at;
        while (after < most && isBlank(bytes[after])) {
            after++;
        }
        boolean named = at > start && after < limit && bytes[after] == ':';
        nameEnd = named ? at : start;
        valueStart = named ? after + 1 : start;
    }

    private static boolean isNameByte(byte b) {
        return (b > ' ' || b < 0) && b != ':' && b != 0x7f;
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /// Behind the next line end, or `to`.
    static int lineEnd(byte[] bytes, int from, int to) {
        int at = LineEnds.next(bytes, from, to);
        return at < to ? at + 1 : to;
    }
}
