package palomar.imap.proto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import palomar.bytes.MemoryOutput;
import palomar.message.HeaderNames;

/// What stands between the brackets of BODY[...]: a part and what of it. RFC 9051 6.4.5.1. Immutable.
///
/// How the section is written in the answer and which header names it wants is prepared once, since a FETCH of a
/// whole mailbox asks for it a hundred thousand times.
public final class Section {
    /// What is wanted of the part that the path names.
    public enum Kind {
        /// The whole message, or the content of the part.
        ALL,
        /// The header of the message, or of the message inside a message/rfc822 part.
        HEADER,
        HEADER_FIELDS,
        HEADER_FIELDS_NOT,
        /// The text without the header, of the same messages as [#HEADER].
        TEXT,
        /// The part's own MIME header; only with a path.
        MIME
    }

    /// `BODY[]`: the message as it is.
    public static final Section WHOLE = of(Kind.ALL);

    private final int[] path;
    private final Kind kind;
    private final List<String> fields;
    private final HeaderNames headerNames;
    private final byte[] label;

    private Section(int[] path, Kind kind, List<String> fields) {
        this.path = path.clone();
        this.kind = kind;
        this.fields = List.copyOf(fields);
        this.headerNames = new HeaderNames(fields, kind == Kind.HEADER_FIELDS_NOT);
        this.label = label(path, kind, this.fields);
    }

    /// A section without header names. Each number of the path is 1 to 2^31-1.
    public static Section of(Kind kind, int... path) {
        if (kind == Kind.HEADER_FIELDS || kind == Kind.HEADER_FIELDS_NOT) {
            throw new IllegalArgumentException("header names are missing");
        }
        if (kind == Kind.MIME && path.length == 0) {
            throw new IllegalArgumentException("MIME needs a part");
        }
        return new Section(path, kind, List.of());
    }

    /// HEADER.FIELDS or, with `not`, HEADER.FIELDS.NOT.
    public static Section fields(boolean not, List<String> names, int... path) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("header names are missing");
        }
        return new Section(path, not ? Kind.HEADER_FIELDS_NOT : Kind.HEADER_FIELDS, names);
    }

    /// The part as in `BODY[2.1]`, empty for the message itself. Not to be changed.
    public int[] path() {
        return path;
    }

    /// The same as a key.
    List<Integer> numbers() {
        return Arrays.stream(path).boxed().toList();
    }

    public Kind kind() {
        return kind;
    }

    /// The header names as the client wrote them; empty for other kinds.
    public List<String> fields() {
        return fields;
    }

    /// The same names, prepared; wants nothing for other kinds.
    public HeaderNames headerNames() {
        return headerNames;
    }

    /// The section as the answer shows it, brackets included: `[2.HEADER.FIELDS (DATE FROM)]`. Not to be changed.
    byte[] label() {
        return label;
    }

    private static byte[] label(int[] path, Kind kind, List<String> fields) {
        try {
            MemoryOutput out = new MemoryOutput(32);
            out.write('[');
            for (int i = 0; i < path.length; i++) {
                if (i > 0) {
                    out.write('.');
                }
                out.number(path[i]);
            }
            if (path.length > 0 && kind != Kind.ALL) {
                out.write('.');
            }
            out.ascii(name(kind));
            if (!fields.isEmpty()) {
                for (int i = 0; i < fields.size(); i++) {
                    out.ascii(i == 0 ? " (" : " ");
                    Strings.astring(out, fields.get(i), true);
                }
                out.write(')');
            }
            out.write(']');
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory has no I/O errors", impossible);
        }
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case ALL -> "";
            case HEADER -> "HEADER";
            case HEADER_FIELDS -> "HEADER.FIELDS";
            case HEADER_FIELDS_NOT -> "HEADER.FIELDS.NOT";
            case TEXT -> "TEXT";
            case MIME -> "MIME";
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Section section
                && kind == section.kind
                && Arrays.equals(path, section.path)
                && fields.equals(section.fields);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(label);
    }

    @Override
    public String toString() {
        return new String(label, java.nio.charset.StandardCharsets.UTF_8);
    }
}
