package palomar.imap.proto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import palomar.bytes.ByteOutput;

/// How a text is written: as an atom where the grammar has astring and the text allows it, quoted where no byte
/// forbids it, else as a literal. RFC 9051 4.1 to 4.3
final class Strings {
    /// Quoted strings stay short enough for clients with small line buffers. RFC 2683 3.2.1.5
    private static final int LONGEST_QUOTED = 1000;

    private Strings() {}

    /// An atom when possible; a text that reads like NIL is quoted.
    static void astring(ByteOutput out, String text, boolean utf8) throws IOException {
        if (isAtom(text) && !text.equalsIgnoreCase("NIL")) {
            out.ascii(text);
            return;
        }
        string(out, text, utf8);
    }

    /// Quoted or literal.
    ///
    /// @param utf8 may quoted strings hold UTF-8? RFC 9051 4.3, RFC 9755 3
    static void string(ByteOutput out, String text, boolean utf8) throws IOException {
        if (text.length() <= LONGEST_QUOTED && isAscii(text)) {
            quoteAscii(out, text);
            return;
        }
        string(out, text.getBytes(StandardCharsets.UTF_8), utf8 && isWellFormed(text));
    }

    /// Bytes as they are, quoted or literal; with `utf8` the caller vouches that they are UTF-8.
    static void string(ByteOutput out, byte[] bytes, boolean utf8) throws IOException {
        if (bytes.length > LONGEST_QUOTED || !isQuotable(bytes, utf8)) {
            out.write('{');
            out.number(bytes.length);
            out.write('}');
            out.crlf();
            out.write(bytes);
            return;
        }
        out.write('"');
        for (byte b : bytes) {
            if (b == '"' || b == '\\') {
                out.write('\\');
            }
            out.write(b);
        }
        out.write('"');
    }

    private static void quoteAscii(ByteOutput out, String text) throws IOException {
        out.write('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.write('\\');
            }
            out.write(c);
        }
        out.write('"');
    }

    /// Only bytes that may stand in an atom, and at least one. Brackets could, but are quoted, because clients
    /// look for them.
    static boolean isAtom(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Bytes.isAtomByte(c) || c == '[') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7f || c < 0x20) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWellFormed(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static boolean isQuotable(byte[] bytes, boolean utf8) {
        for (byte b : bytes) {
            if (b < 0 ? !utf8 : b == 0 || b == '\r' || b == '\n') {
                return false;
            }
        }
        return true;
    }
}
