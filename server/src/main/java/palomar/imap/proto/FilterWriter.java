package palomar.imap.proto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import palomar.bytes.ByteOutput;

/// Prints FILTER and FILTERED responses. draft-bosch-imap-filter-sieve-00 3.3, 3.4
public final class FilterWriter {
    private final ResponseWriter writer;
    private final ByteOutput out;
    private final Tag tag;

    public FilterWriter(ResponseWriter writer, Tag tag) {
        this.writer = writer;
        this.out = writer.output();
        this.tag = tag;
    }

    /// What is wrong with the filter as a whole.
    public void problem(boolean errors, String text) throws IOException {
        out.ascii("* FILTER");
        correlator();
        problemText(errors, text);
        out.crlf();
    }

    /// The beginning of a result; [#ok] or [#failed] must follow.
    ///
    /// @param uid told with the number; 0: not told
    public void begin(long number, long uid) throws IOException {
        out.ascii("* ");
        out.number(number);
        out.ascii(" FILTERED");
        correlator();
        if (uid > 0) {
            out.ascii(" UID ");
            out.number(uid);
        }
    }

    public void ok() throws IOException {
        out.ascii(" OK");
        out.crlf();
    }

    /// @param errors else warnings: the filter did its work
    public void failed(boolean errors, String text) throws IOException {
        problemText(errors, text);
        out.crlf();
    }

    private void correlator() throws IOException {
        out.ascii(" (TAG ");
        writer.string(tag.value());
        out.write(')');
    }

    private void problemText(boolean errors, String text) throws IOException {
        out.ascii(errors ? " ERRORS " : " WARNINGS ");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writer.literal(bytes, 0, bytes.length);
    }
}
