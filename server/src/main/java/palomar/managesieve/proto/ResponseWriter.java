package palomar.managesieve.proto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import palomar.bytes.ByteOutput;

/// Writes responses. RFC 5804 4
///
/// A string is quoted where that needs no backslash: clients that take the text up to the next quote are about.
/// One thread; nothing is sent before [#flush()].
public final class ResponseWriter {
    private final ByteOutput out;

    public ResponseWriter(ByteOutput out) {
        this.out = out;
    }

    public void ok(String text) throws IOException {
        response("OK", null, text);
    }

    public void ok(ResponseCode code, String text) throws IOException {
        response("OK", code, text);
    }

    public void no(String text) throws IOException {
        response("NO", null, text);
    }

    public void no(ResponseCode code, String text) throws IOException {
        response("NO", code, text);
    }

    public void bye(String text) throws IOException {
        response("BYE", null, text);
    }

    public void bye(ResponseCode code, String text) throws IOException {
        response("BYE", code, text);
    }

    private void response(String word, @Nullable ResponseCode code, String text) throws IOException {
        out.ascii(word);
        if (code != null) {
            out.ascii(" (");
            code(code);
            out.write(')');
        }
        if (!text.isEmpty()) {
            out.write(' ');
            string(text.getBytes(StandardCharsets.UTF_8));
        }
        out.crlf();
    }

    private void code(ResponseCode code) throws IOException {
        switch (code) {
            case ResponseCode.Plain plain -> out.ascii(plain.word());
            case ResponseCode.Sasl(String base64) -> {
                out.ascii("SASL ");
                string(base64.getBytes(StandardCharsets.US_ASCII));
            }
            case ResponseCode.Referral(String url) -> {
                out.ascii("REFERRAL ");
                out.ascii(url);
            }
            case ResponseCode.Tag(byte[] text) -> {
                out.ascii("TAG ");
                string(text);
            }
        }
    }

    /// One line of the capabilities. RFC 5804 1.7
    public void capability(String name) throws IOException {
        string(name.getBytes(StandardCharsets.US_ASCII));
        out.crlf();
    }

    public void capability(String name, String value) throws IOException {
        string(name.getBytes(StandardCharsets.US_ASCII));
        out.write(' ');
        string(value.getBytes(StandardCharsets.UTF_8));
        out.crlf();
    }

    /// A challenge, in base64. RFC 5804 2.1
    public void challenge(String base64) throws IOException {
        string(base64.getBytes(StandardCharsets.US_ASCII));
        out.crlf();
    }

    /// One line of LISTSCRIPTS. RFC 5804 2.7
    public void listed(String name, boolean active) throws IOException {
        string(name.getBytes(StandardCharsets.UTF_8));
        out.ascii(active ? " ACTIVE" : "");
        out.crlf();
    }

    /// The content of a script, always as a literal. RFC 5804 2.9
    public void script(byte[] content) throws IOException {
        literal(content);
        out.crlf();
    }

    public void flush() throws IOException {
        out.flush();
    }

    private void string(byte[] bytes) throws IOException {
        if (isQuotable(bytes)) {
            out.write('"');
            out.write(bytes);
            out.write('"');
        } else {
            literal(bytes);
        }
    }

    private void literal(byte[] bytes) throws IOException {
        out.write('{');
        out.number(bytes.length);
        out.write('}');
        out.crlf();
        out.write(bytes);
    }

    private static boolean isQuotable(byte[] bytes) {
        if (bytes.length > Tokens.MAX_QUOTED) {
            return false;
        }
        boolean international = false;
        for (byte b : bytes) {
            if (b == 0 || b == '\r' || b == '\n' || b == '"' || b == '\\') {
                return false;
            }
            international |= b < 0;
        }
        return !international || isUtf8(bytes);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
