package palomar.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// BODYSTRUCTURE in wire form. RFC 9051 7.5.2, RFC 3501 7.4.2
///
/// What depends on the header is written when the header is read; sizes and the children are joined to it at
/// the end of the message.
final class StructureWriter {
    /// The grammar asks for at least one part; a multipart without any shows an empty text.
    private static final String NO_PARTS = "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 0 0";
    private static final String NO_EXTENSION = " NIL NIL NIL NIL";

    private final ByteBuilder out = new ByteBuilder(1024);
    /// Start and end of each stretch of extension data, to be left out of BODY, as differences.
    private final ByteBuilder extensions = new ByteBuilder(16);

    private int lastMark;

    /// The raw values that an entity's own header gives.
    record Fields(
            ContentField type,
            @Nullable String id,
            @Nullable String description,
            @Nullable String encoding,
            @Nullable String md5,
            @Nullable ContentField disposition,
            @Nullable String language,
            @Nullable String location) {
        /// Nothing but the type: for messages that would fill the digest with parameters.
        Fields bare(String type, String subtype) {
            ContentField bare = new ContentField(type + "/" + subtype, List.of());
            return new Fields(bare, null, null, null, null, null, null, null);
        }
    }

    /// Before the size of an entity; of a multipart the subtype.
    static void fields(ByteBuilder out, PartNode.Kind kind, Fields fields) {
        if (kind == PartNode.Kind.MULTIPART) {
            WireText.string(out, fields.type.subtype());
            return;
        }
        String type = fields.type.type();
        WireText.string(out, type);
        out.add(' ');
        WireText.string(out, fields.type.subtype());
        out.add(' ');
        parameters(out, fields.type, type.equalsIgnoreCase("text"));
        out.add(' ');
        WireText.nstring(out, fields.id);
        out.add(' ');
        WireText.nstring(out, fields.description);
        out.add(' ');
        WireText.string(out, fields.encoding == null ? "7bit" : fields.encoding);
    }

    /// The extension data behind it.
    static void extension(ByteBuilder out, PartNode.Kind kind, Fields fields) {
        if (kind == PartNode.Kind.MULTIPART) {
            parameters(out, fields.type, false);
        } else {
            WireText.nstring(out, fields.md5);
        }
        out.add(' ');
        if (fields.disposition == null) {
            out.text("NIL");
        } else {
            out.add('(');
            WireText.string(out, fields.disposition.value());
            out.add(' ');
            parameters(out, fields.disposition, false);
            out.add(')');
        }
        out.add(' ');
        languages(out, fields.language);
        out.add(' ');
        WireText.nstring(out, fields.location);
    }

    /// Text without a charset is us-ascii, and said to be. RFC 2046 4.1.2
    private static void parameters(ByteBuilder out, ContentField field, boolean needsCharset) {
        boolean missing = needsCharset && field.parameter("charset") == null && field.parameter("charset*") == null;
        if (field.parameters().isEmpty() && !missing) {
            out.text("NIL");
            return;
        }
        char before = '(';
        for (ContentField.Parameter parameter : field.parameters()) {
            out.add(before);
            WireText.string(out, parameter.name());
            out.add(' ');
            WireText.string(out, parameter.value());
            before = ' ';
        }
        if (missing) {
            out.add(before).text("\"charset\" \"us-ascii\"");
        }
        out.add(')');
    }

    /// Content-Language as a list. RFC 3282 2
    private static void languages(ByteBuilder out, @Nullable String value) {
        if (value == null) {
            out.text("NIL");
            return;
        }
        int start = out.size();
        for (int from = 0; from <= value.length(); ) {
            int comma = value.indexOf(',', from);
            int to = comma < 0 ? value.length() : comma;
            String language = value.substring(from, to).strip();
            if (!language.isEmpty()) {
                out.add(out.size() == start ? '(' : ' ');
                WireText.string(out, language);
            }
            from = to + 1;
        }
        out.text(out.size() == start ? "NIL" : ")");
    }

    /// Writes the whole tree.
    void write(PartNode root) {
        entity(root);
    }

    ByteBuilder structure() {
        return out;
    }

    /// Pairs of distances: from the last mark to the start of extension data, and its length.
    ByteBuilder extensions() {
        return extensions;
    }

    private void entity(PartNode node) {
        out.add('(');
        switch (node.kind) {
            case MULTIPART -> multipart(node);
            case MESSAGE -> message(node);
            case LEAF -> {
                out.add(node.fields).add(' ').number(node.bodyEnd - node.bodyOffset);
                if (node.isText()) {
                    out.add(' ').number(node.lines);
                }
            }
        }
        int start = out.size();
        out.add(' ').add(node.extension);
        endExtension(start);
        out.add(')');
    }

    private void endExtension(int start) {
        extensions.varint(start - lastMark).varint(out.size() - start);
        lastMark = out.size();
    }

    private void multipart(PartNode node) {
        if (node.firstChild == null) {
            out.text(NO_PARTS);
            int start = out.size();
            out.text(NO_EXTENSION);
            endExtension(start);
            out.add(')');
        }
        for (PartNode child = node.firstChild; child != null; child = child.next) {
            entity(child);
        }
        out.add(' ').add(node.fields);
    }

    private void message(PartNode node) {
        out.add(node.fields).add(' ').number(node.bodyEnd - node.bodyOffset).add(' ');
        for (PartNode inner = node.firstChild; inner != null; inner = inner.next) {
            out.add(inner.envelope).add(' ');
            entity(inner);
        }
        out.add(' ').number(node.lines);
    }
}
