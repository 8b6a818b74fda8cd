package palomar.message;

import org.jspecify.annotations.Nullable;

/// IMAP strings out of raw header text. RFC 9051 4.3
///
/// A quoted string where its grammar allows the content, otherwise a literal: 8-bit text in quotes is legal
/// only for clients that asked for UTF-8, in literals for all. NUL can be in neither and becomes 0x80.
final class WireText {
    private WireText() {}

    static void nstring(ByteBuilder out, @Nullable String raw) {
        if (raw == null) {
            out.text("NIL");
            return;
        }
        string(out, raw);
    }

    static void string(ByteBuilder out, String raw) {
        int length = raw.length();
        boolean plain = true;
        for (int i = 0; i < length; i++) {
            char c = raw.charAt(i);
            if (c >= 0x80 || c == 0 || c == '\r' || c == '\n') {
                literal(out, raw);
                return;
            }
            plain &= c != '"' && c != '\\';
        }
        out.add('"');
        if (plain) {
            out.text(raw).add('"');
            return;
        }
        for (int i = 0; i < length; i++) {
            char c = raw.charAt(i);
            if (c == '"' || c == '\\') {
                out.add('\\');
            }
            out.add(c);
        }
        out.add('"');
    }

    private static void literal(ByteBuilder out, String raw) {
        out.add('{').number(raw.length()).text("}\r\n");
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            out.add(c == 0 ? 0x80 : c);
        }
    }
}
