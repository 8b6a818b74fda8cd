package palomar.smtp.proto;

import java.io.IOException;
import java.util.List;
import palomar.bytes.ByteOutput;

/// A reply: code, enhanced status code and text. RFC 5321 4.2, RFC 2034 4
///
/// @param code 200 to 599
/// @param enhanced `2.1.5`, on each line; empty for the greeting, LHLO and 354, which carry none
/// @param lines at least one; printable, without line ends
public record SmtpReply(int code, String enhanced, List<String> lines) {
    public SmtpReply {
        lines = List.copyOf(lines);
        if (code < 200 || code > 599 || lines.isEmpty()) {
            throw new IllegalArgumentException("no reply: " + code + " " + lines);
        }
    }

    public static SmtpReply of(int code, String enhanced, String text) {
        return new SmtpReply(code, enhanced, List.of(text));
    }

    /// 4xx or 5xx.
    public boolean refuses() {
        return code >= 400;
    }

    public boolean temporary() {
        return code >= 400 && code < 500;
    }

    /// Prints it; does not flush.
    public void writeTo(ByteOutput out) throws IOException {
        for (int i = 0; i < lines.size(); i++) {
            out.number(code);
            out.write(i + 1 < lines.size() ? '-' : ' ');
            if (!enhanced.isEmpty()) {
                out.ascii(enhanced);
                out.write(' ');
            }
            out.utf8(lines.get(i));
            out.crlf();
        }
    }

    @Override
    public String toString() {
        return code + (enhanced.isEmpty() ? " " : " " + enhanced + " ") + String.join(" / ", lines);
    }
}
