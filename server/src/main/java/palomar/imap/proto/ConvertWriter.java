package palomar.imap.proto;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import palomar.bytes.ByteOutput;

/// Prints CONVERSION and CONVERTED responses. RFC 5259 5.2, 8.1, 10
public final class ConvertWriter {
    private final ResponseWriter writer;
    private final ByteOutput out;
    private boolean first;

    public ConvertWriter(ResponseWriter writer) {
        this.writer = writer;
        this.out = writer.output();
    }

    /// `* CONVERSION "from" "to" ("parameter" ...)`
    public void conversion(String from, String to, List<String> parameters) throws IOException {
        out.ascii("* CONVERSION ");
        types(Optional.of(from), to);
        if (!parameters.isEmpty()) {
            out.write(' ');
            strings(parameters);
        }
        out.crlf();
    }

    /// `* number CONVERTED (TAG "a1") (`; then items with their values, and [#end()].
    public void begin(long number, Tag tag) throws IOException {
        out.ascii("* ");
        out.number(number);
        out.ascii(" CONVERTED (TAG ");
        writer.string(tag.value());
        out.ascii(") (");
        first = true;
    }

    public void end() throws IOException {
        out.write(')');
        out.crlf();
    }

    /// The name of an item and a space; its value must follow.
    public void item(ConvertItem item) throws IOException {
        if (!first) {
            out.write(' ');
        }
        first = false;
        switch (item) {
            case ConvertItem.UidItem uid -> out.ascii("UID");
            case ConvertItem.StructureItem structure -> label("BODYPARTSTRUCTURE", structure.section());
            case ConvertItem.BinaryItem binary -> {
                label("BINARY", binary.section());
                if (binary.partial().isPresent()) {
                    out.write('<');
                    out.number(binary.partial().get().offset());
                    out.write('>');
                }
            }
            case ConvertItem.SizeItem size -> label("BINARY.SIZE", size.section());
            case ConvertItem.AvailableItem available -> label("AVAILABLECONVERSIONS", available.section());
            case ConvertItem.HeaderItem header -> label("BODY", header.section());
        }
        out.write(' ');
    }

    private void label(String name, Section section) throws IOException {
        out.ascii(name);
        out.write(section.label());
    }

    public void number(long value) throws IOException {
        out.number(value);
    }

    /// A literal, with `~` when it holds NUL.
    public void content(byte[] bytes, int offset, int length) throws IOException {
        if (NulBytes.any(bytes, offset, length)) {
            out.write('~');
        }
        writer.literal(bytes, offset, length);
    }

    /// BODYSTRUCTURE of the result: it has a type, a size, and nothing else.
    ///
    /// @param charset of text; empty for anything else
    /// @param lines of text; not told of anything else
    public void structure(String type, String subtype, String charset, long size, long lines) throws IOException {
        boolean text = type.equals("text");
        out.write('(');
        writer.string(type);
        out.write(' ');
        writer.string(subtype);
        if (charset.isEmpty()) {
            out.ascii(" NIL");
        } else {
            out.ascii(" (\"charset\" ");
            writer.string(charset);
            out.write(')');
        }
        out.ascii(text ? " NIL NIL \"8bit\" " : " NIL NIL \"binary\" ");
        out.number(size);
        if (text) {
            out.write(' ');
            out.number(lines);
        }
        out.ascii(" NIL NIL NIL NIL)");
    }

    /// The answer to AVAILABLECONVERSIONS.
    public void available(List<String> types) throws IOException {
        out.write('(');
        strings(types);
        out.write(')');
    }

    /// `(ERROR "why" BADPARAMETERS from to (name value ...))`
    ///
    /// @param from empty when there is no such part
    /// @param parameters those to blame; without any the conversion is not possible at all
    public void bad(String why, Optional<String> from, String to, Map<String, String> parameters) throws IOException {
        error(why, "BADPARAMETERS ");
        types(from, to);
        char before = '(';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            out.ascii(before == '(' ? " (" : " ");
            writer.string(parameter.getKey());
            out.write(' ');
            writer.string(parameter.getValue());
            before = ' ';
        }
        out.ascii(parameters.isEmpty() ? ")" : "))");
    }

    /// `(ERROR "why" MISSINGPARAMETERS from to (name ...))`
    public void missing(String why, String from, String to, List<String> names) throws IOException {
        error(why, "MISSINGPARAMETERS ");
        types(Optional.of(from), to);
        out.write(' ');
        strings(names);
        out.write(')');
    }

    /// `(ERROR "why" TEMPFAIL minutes)`
    public void temporary(String why, int minutes) throws IOException {
        error(why, "TEMPFAIL ");
        out.number(minutes);
        out.write(')');
    }

    private void error(String why, String code) throws IOException {
        out.ascii("(ERROR ");
        writer.string(why);
        out.write(' ');
        out.ascii(code);
    }

    private void types(Optional<String> from, String to) throws IOException {
        writer.nstring(from.orElse(null));
        out.write(' ');
        writer.string(to);
    }

    private void strings(List<String> texts) throws IOException {
        out.write('(');
        for (int i = 0; i < texts.size(); i++) {
            if (i > 0) {
                out.write(' ');
            }
            writer.string(texts.get(i));
        }
        out.write(')');
    }
}
