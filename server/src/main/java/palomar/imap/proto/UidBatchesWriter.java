package palomar.imap.proto;

import java.io.IOException;
import palomar.bytes.ByteOutput;

/// Prints `* UIDBATCHES (TAG "a") 50:38,37:28`, batch by batch. RFC 10022 3
public final class UidBatchesWriter {
    private final ByteOutput out;
    private boolean first = true;

    /// Begins the line.
    public UidBatchesWriter(ResponseWriter responses, Tag tag) throws IOException {
        out = responses.output();
        out.ascii("* UIDBATCHES (TAG ");
        responses.string(tag.value());
        out.write(')');
    }

    /// Both ends included, the higher one first.
    public void batch(long highest, long lowest) throws IOException {
        out.write(first ? ' ' : ',');
        first = false;
        out.number(highest);
        out.write(':');
        out.number(lowest);
    }

    public void end() throws IOException {
        out.crlf();
    }
}
