package palomar.message.edit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import palomar.message.ContentField;
import palomar.message.HeaderCursor;
import palomar.message.HeaderText;
import palomar.message.RawText;

/// One field of a header: its lines as they stand in the message, and what they mean, found out when it is asked
/// for and remembered. Two fields are the same only when they are the same object. One thread.
///
/// A line that is no field (mbox's `From ` line, garbage) is a field without a name.
public final class Field {
    private final byte[] bytes;
    private final int start;
    private final int nameEnd;
    private final int valueStart;
    private final int end;
    private final int hash;
    private final boolean fixed;

    private @Nullable String value;
    private @Nullable String text;
    private @Nullable List<MailAddress> addresses;
    private @Nullable ContentField content;

    /// The field on which the cursor stands, in the cursor's array.
    Field(byte[] bytes, HeaderCursor at, boolean fixed) {
        this.bytes = bytes;
        this.start = at.start();
        this.nameEnd = at.nameEnd();
        this.valueStart = at.valueStart();
        this.end = at.end();
        this.hash = FieldName.hash(bytes, start, nameEnd);
        this.fixed = fixed;
    }

    /// A new field, encoded and folded. RFC 2047, RFC 5322 2.2.3
    ///
    /// @param name must be [FieldName#isValid]
    /// @param text any Unicode; blanks around it are not kept, line ends and their blanks become one blank
    public static Field of(String name, String text) {
        return ofLines(FieldWriter.unstructured(name, text), false);
    }

    /// A field whose lines are already as they are to be sent.
    static Field ofLines(String lines, boolean fixed) {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        HeaderCursor cursor = new HeaderCursor(bytes, 0, bytes.length);
        cursor.next();
        return new Field(bytes, cursor, fixed);
    }

    /// The same field, one that no edit removes; or under another name.
    static Field fixed(String name, Field other) {
        String lines = new String(other.bytes, other.valueStart, other.end - other.valueStart, StandardCharsets.UTF_8);
        return ofLines(name + ":" + lines + (lines.endsWith("\n") ? "" : "\r\n"), true);
    }

    /// As it is written; empty for a line that is no field.
    public String name() {
        return new String(bytes, start, nameEnd - start, StandardCharsets.ISO_8859_1);
    }

    public boolean is(FieldName name) {
        return hash == name.hash() && name.is(bytes, start, nameEnd);
    }

    /// True for a field that keeps what an edit of the whole message replaced: it can't be removed. RFC 5703 5
    public boolean isFixed() {
        return fixed;
    }

    /// Unfolded, without blanks around it, one char a byte.
    public String value() {
        String known = value;
        if (known == null) {
            known = RawText.unfold(bytes, valueStart, end);
            value = known;
        }
        return known;
    }

    /// The value with its encoded words and its 8-bit text decoded. RFC 2047
    public String text() {
        String known = text;
        if (known == null) {
            known = HeaderText.decode(value());
            text = known;
        }
        return known;
    }

    /// What stands in the field as a list of addresses, groups dissolved. RFC 5322 3.4
    public List<MailAddress> addresses() {
        List<MailAddress> known = addresses;
        if (known == null) {
            known = MailAddress.list(value());
            addresses = known;
        }
        return known;
    }

    /// The field read as `value; name=value...`. RFC 2045 5.1
    public ContentField content() {
        ContentField known = content;
        if (known == null) {
            known = ContentField.parse(value());
            content = known;
        }
        return known;
    }

    /// The date that makes up the field or stands behind its last semicolon; null when there is none. RFC 5260 4
    public @Nullable HeaderDate date() {
        return HeaderDate.parse(value());
    }

    /// Bytes of its lines.
    public int size() {
        return end - start;
    }

    int hash() {
        return hash;
    }

    boolean startsWithDashes() {
        return end - start > 1 && bytes[start] == '-' && bytes[start + 1] == '-';
    }

    boolean endsLine() {
        return bytes[end - 1] == '\n';
    }

    /// Copies its lines; returns the place behind them.
    int copyTo(byte[] target, int at) {
        System.arraycopy(bytes, start, target, at, end - start);
        return at + end - start;
    }

    @Override
    public String toString() {
        return name() + ": " + value();
    }
}
