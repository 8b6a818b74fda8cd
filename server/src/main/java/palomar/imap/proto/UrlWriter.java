package palomar.imap.proto;

import java.io.IOException;
import java.util.List;
import palomar.bytes.ByteOutput;
import palomar.bytes.ByteSource;

/// Prints GENURLAUTH and URLFETCH responses. RFC 4467 8, RFC 5524 3.2
public final class UrlWriter {
    private final ResponseWriter writer;
    private final ByteOutput out;

    public UrlWriter(ResponseWriter writer) {
        this.writer = writer;
        this.out = writer.output();
    }

    /// `* GENURLAUTH url url`
    public void generated(List<String> urls) throws IOException {
        out.ascii("* GENURLAUTH");
        for (String url : urls) {
            out.write(' ');
            writer.string(url);
        }
        out.crlf();
    }

    /// `* URLFETCH url`; then either a value or items, and [#end()].
    public void begin(String url) throws IOException {
        out.ascii("* URLFETCH ");
        writer.string(url);
    }

    public void nil() throws IOException {
        out.write(' ');
        writer.nil();
    }

    /// The unextended form's content.
    public void value(ByteSource content) throws IOException {
        out.write(' ');
        writer.literal(content, 0, content.size());
    }

    /// `(NAME `; its value and [#endItem()] follow.
    public void beginItem(UrlCommand.Item item) throws IOException {
        out.ascii(" (");
        out.ascii(item.name());
        out.write(' ');
    }

    public void endItem() throws IOException {
        out.write(')');
    }

    public void end() throws IOException {
        out.crlf();
    }
}
