package palomar.pop3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import palomar.bytes.ByteOutput;

/// Replies of one line, in the client's language. One thread. RFC 1939 3, RFC 6856 3
final class Pop3Replies {
    private final ByteOutput out;
    private Pop3Language language = Pop3Language.ENGLISH;
    private boolean utf8;

    Pop3Replies(ByteOutput out) {
        this.out = out;
    }

    /// From here on; texts may have letters beyond ASCII then.
    void language(Pop3Language chosen) {
        language = chosen;
        utf8 = true;
    }

    /// Texts may have letters beyond ASCII from here on.
    void utf8() {
        utf8 = true;
    }

    /// As at the beginning.
    void reset() {
        language = Pop3Language.ENGLISH;
        utf8 = false;
    }

    /// @param status `+OK` or `-ERR`, with what programs read behind it
    void say(String status, String english) throws IOException {
        out.ascii(status);
        out.write(' ');
        out.write(wire(language.words(english)));
        out.crlf();
    }

    /// @param line begins with `+OK` or `-ERR`; a response code in brackets may follow
    void say(String line) throws IOException {
        int blank = line.indexOf(' ');
        if (blank < 0) {
            out.ascii(line);
            out.crlf();
            return;
        }
        int text = line.startsWith("[", blank + 1) ? line.indexOf("] ", blank) + 1 : blank;
        say(line.substring(0, text), line.substring(text + 1));
    }

    private byte[] wire(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(c < ' ' || c == 0x7f || !utf8 && c > 0x7f ? '?' : c);
        }
        return clean.toString().getBytes(StandardCharsets.UTF_8);
    }
}
