package palomar.imap.proto;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import palomar.bytes.ByteOutput;

/// Prints METADATA responses. RFC 5464 4.4
public final class MetadataWriter {
    private final ResponseWriter out;

    public MetadataWriter(ResponseWriter out) {
        this.out = out;
    }

    /// `* METADATA mailbox (entry value ...)`; nothing without entries.
    ///
    /// @param mailbox empty for the server
    /// @param values empty: NIL
    public void values(String mailbox, Map<String, Optional<byte[]>> values) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        begin(mailbox);
        char before = '(';
        for (Map.Entry<String, Optional<byte[]>> value : values.entrySet()) {
            out.output().write(before);
            out.astring(value.getKey());
            out.output().write(' ');
            if (value.getValue().isPresent()) {
                value(out, value.getValue().get());
            } else {
                out.nil();
            }
            before = ' ';
        }
        out.output().write(')');
        out.output().crlf();
    }

    /// `* METADATA mailbox entry ...`: these were changed by someone else. Nothing without entries.
    public void changed(String mailbox, Collection<String> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        begin(mailbox);
        boolean first = true;
        for (String entry : entries) {
            if (!first) {
                out.output().write(' ');
            }
            out.astring(entry);
            first = false;
        }
        out.output().crlf();
    }

    private void begin(String mailbox) throws IOException {
        out.output().ascii("* METADATA ");
        out.mailbox(mailbox);
        out.output().write(' ');
    }

    /// Quoted or literal; with NUL only a literal8 can hold it.
    static void value(ResponseWriter out, byte[] bytes) throws IOException {
        ByteOutput to = out.output();
        if (NulBytes.any(bytes, 0, bytes.length)) {
            to.write('~');
            out.literal(bytes, 0, bytes.length);
        } else {
            Strings.string(
                    to,
                    bytes,
                    out.isUtf8() && Decoding.utf8(bytes, bytes.length).isPresent());
        }
    }
}
