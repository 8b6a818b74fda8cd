package palomar.message.edit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Text made ready to be sent in UTF-8: as it is when it is short-lined ASCII, else quoted-printable. RFC 2045 6.7
///
/// @param encoding `7bit` or `quoted-printable`
/// @param bytes lines ending in CRLF; a last line without an end stays without
record TextBody(String encoding, byte[] bytes) {
    /// RFC 5322 2.1.1
    private static final int LONGEST_LINE = 998;
    /// RFC 2045 6.7: 76 with the `=` of a soft line break.
    private static final int LONGEST_QUOTED = 75;

    /// @param boundaries of the multiparts around the text: none of its lines may look like their delimiters
    static TextBody of(String text, List<String> boundaries) {
        byte[] lines = crlf(text).getBytes(StandardCharsets.UTF_8);
        boolean plain = isPlain(lines) && !Delimiters.occur(lines, boundaries);
        return plain ? new TextBody("7bit", lines) : new TextBody("quoted-printable", quoted(lines));
    }

    /// The header fields that describe it.
    List<Field> fields() {
        return List.of(
                Field.of("Content-Type", "text/plain; charset=utf-8"), Field.of("Content-Transfer-Encoding", encoding));
    }

    /// All line ends as CRLF.
    static String crlf(String text) {
        StringBuilder lines = new StringBuilder(text.length() + 64);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean afterCr = i > 0 && text.charAt(i - 1) == '\r';
            boolean beforeLf = i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\r' && !beforeLf || c == '\n' && !afterCr) {
                lines.append("\r\n");
            } else {
                lines.append(c);
            }
        }
        return lines.toString();
    }

    private static boolean isPlain(byte[] lines) {
        int length = 0;
        for (byte b : lines) {
            length = b == '\n' ? 0 : length + 1;
            if (b < ' ' && b != '\r' && b != '\n' && b != '\t' || b == 0x7f || length > LONGEST_LINE) {
                return false;
            }
        }
        return true;
    }

    private static byte[] quoted(byte[] lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(lines.length + lines.length / 4 + 16);
        int column = 0;
        for (int i = 0; i < lines.length; i++) {
            byte b = lines[i];
            if (b == '\r' || b == '\n') {
                out.write(b);
                column = 0;
                continue;
            }
            boolean literal = isLiteral(lines, i, column);
            if (column + (literal ? 1 : 3) > LONGEST_QUOTED) {
                out.write('=');
                out.write('\r');
                out.write('\n');
                column = 0;
                literal = isLiteral(lines, i, column);
            }
            if (literal) {
                out.write(b);
                column++;
            } else {
                out.write('=');
                out.write(EncodedWord.hex(b >> 4 & 15));
                out.write(EncodedWord.hex(b & 15));
                column += 3;
            }
        }
        return out.toByteArray();
    }

    /// A blank before a line end, and a dash, a dot or `From` at the start of a line, are not left to the
    /// transport.
    private static boolean isLiteral(byte[] lines, int i, int column) {
        byte b = lines[i];
        boolean lineEnds = i + 1 == lines.length || lines[i + 1] == '\r' || lines[i + 1] == '\n';
        if (b == ' ' || b == '\t') {
            return !lineEnds;
        }
        if (column == 0 && (b == '-' || b == '.' || b == 'F')) {
            return false;
        }
        return b > ' ' && b < 0x7f && b != '=';
    }
}
