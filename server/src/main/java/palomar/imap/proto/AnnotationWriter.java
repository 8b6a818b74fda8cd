package palomar.imap.proto;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import palomar.bytes.ByteOutput;

/// Prints the ANNOTATION item of FETCH responses. RFC 5257 4.4
public final class AnnotationWriter {
    private static final FetchItem ITEM = new FetchItem.AnnotationItem(List.of(), List.of());

    private final ResponseWriter out;

    public AnnotationWriter(ResponseWriter out) {
        this.out = out;
    }

    /// One entry with its values.
    ///
    /// @param priv empty: NIL
    /// @param shared empty: NIL
    public record Entry(String name, Optional<byte[]> priv, Optional<byte[]> shared) {
        Optional<byte[]> of(AnnotationAttribute attribute) {
            return attribute.isShared() ? shared : priv;
        }
    }

    /// `ANNOTATION (entry (attribute value ...) ...)`
    ///
    /// @param entries at least one
    public void values(List<Entry> entries, List<AnnotationAttribute> attributes) throws IOException {
        out.item(ITEM);
        ByteOutput to = out.output();
        char before = '(';
        for (Entry entry : entries) {
            to.write(before);
            out.astring(entry.name());
            to.write(' ');
            char inner = '(';
            for (AnnotationAttribute attribute : attributes) {
                to.write(inner);
                to.ascii(attribute.wire());
                to.write(' ');
                value(attribute, entry.of(attribute));
                inner = ' ';
            }
            to.write(')');
            before = ' ';
        }
        to.write(')');
    }

    private void value(AnnotationAttribute attribute, Optional<byte[]> value) throws IOException {
        if (attribute.isSize()) {
            out.output().write('"');
            out.output().number(value.map(bytes -> bytes.length).orElse(0));
            out.output().write('"');
        } else if (value.isPresent()) {
            MetadataWriter.value(out, value.get());
        } else {
            out.nil();
        }
    }

    /// `ANNOTATION (entry ...)`: these were changed by someone else.
    ///
    /// @param entries at least one
    public void changed(Collection<String> entries) throws IOException {
        out.item(ITEM);
        char before = '(';
        for (String entry : entries) {
            out.output().write(before);
            out.astring(entry);
            before = ' ';
        }
        out.output().write(')');
    }
}
