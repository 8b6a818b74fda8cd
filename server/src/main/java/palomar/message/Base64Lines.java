package palomar.message;

/// Finds out how many lines at the beginning of a base64 content are alike: full groups of letters and one kind of
/// line end. Where a decoded byte of these stands can be reckoned. RFC 2045 6.8
final class Base64Lines {
    private int letters;
    private boolean cr;
    private int lineLetters;
    private int lineEnd;
    private long lines;
    private boolean over;

    void feed(byte[] in, int from, int to) {
        for (int at = from; at < to && !over; at++) {
            byte b = in[at];
            if (b == '\n') {
                endLine();
            } else if (b == '\r' && !cr) {
                cr = true;
            } else {
                over = cr || !TransferDecoder.isBase64(b);
                letters++;
            }
        }
    }

    private void endLine() {
        int end = cr ? 2 : 1;
        if (lines == 0) {
            lineLetters = letters;
            lineEnd = end;
        }
        over = letters == 0 || letters % 4 != 0 || letters != lineLetters || end != lineEnd;
        lines += over ? 0 : 1;
        letters = 0;
        cr = false;
    }

    DecodedLayout layout(long size) {
        return lines == 0
                ? new DecodedLayout(size, 0, 0, 0)
                : new DecodedLayout(size, lines, lineLetters + lineEnd, lineLetters / 4 * 3);
    }
}
