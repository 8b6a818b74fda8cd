package palomar.imap.proto;

import java.io.IOException;
import palomar.bytes.ByteOutput;

/// Prints results that have an order. RFC 5256 4, RFC 5267 3
public final class OrderWriter {
    private final ByteOutput out;

    public OrderWriter(ResponseWriter responses) {
        this.out = responses.output();
    }

    /// `* SORT 2 3 1`, with `(MODSEQ n)` unless it is 0 or nothing was found. RFC 5256 4, RFC 7162 3.1.6
    ///
    /// @param numbers unsigned
    public void sort(int[] numbers, long modSeq) throws IOException {
        out.ascii("* SORT");
        for (int number : numbers) {
            out.write(' ');
            out.number(Integer.toUnsignedLong(number));
        }
        if (modSeq > 0 && numbers.length > 0) {
            out.ascii(" (MODSEQ ");
            out.number(modSeq);
            out.write(')');
        }
        out.crlf();
    }
}
