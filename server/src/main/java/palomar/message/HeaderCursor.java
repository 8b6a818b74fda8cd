package palomar.message;

/// Walks the fields of a header in memory, continuation lines included. RFC 5322 2.2
///
/// Lines end in LF or CRLF. A line that is neither a field nor a continuation (mbox's `From ` line, garbage)
/// is a field without a name, so that every byte before the empty line belongs to exactly one field. A name
/// consists of anything but blanks, controls and the colon, 8-bit bytes included; blanks before the colon are
/// let pass. RFC 5322 4.5
final class HeaderCursor {
    private final byte[] bytes;
    private final int limit;
    private int start;
    private int nameEnd;
    private int valueStart;
    private int end;

    HeaderCursor(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.limit = to;
        this.end = from;
    }

    /// Moves to the next field; false at the empty line or the end.
    boolean next() {
        start = end;
        if (start >= limit || atEmptyLine()) {
            return false;
        }
        findName();
        end = lineEnd(Math.max(valueStart, start));
        while (end < limit && (bytes[end] == ' ' || bytes[end] == '\t')) {
            end = lineEnd(end);
        }
        return true;
    }

    /// Where the field's first line starts.
    int start() {
        return start;
    }

    /// Where its name ends; equal to [#start()] when it has none.
    int nameEnd() {
        return nameEnd;
    }

    /// The first byte after the colon.
    int valueStart() {
        return valueStart;
    }

    /// Behind its last line end.
    int end() {
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
        int at = start;
        while (at < limit && isNameByte(bytes[at])) {
            at++;
        }
        int after = at;
        while (after < limit && (bytes[after] == ' ' || bytes[after] == '\t')) {
            after++;
        }
        boolean named = at > start && after < limit && bytes[after] == ':';
        nameEnd = named ? at : start;
        valueStart = named ? after + 1 : start;
    }

    private static boolean isNameByte(byte b) {
        return (b > ' ' || b < 0) && b != ':' && b != 0x7f;
    }

    private int lineEnd(int from) {
        for (int at = from; at < limit; at++) {
            if (bytes[at] == '\n') {
                return at + 1;
            }
        }
        return limit;
    }
}
