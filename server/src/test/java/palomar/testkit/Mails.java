package palomar.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Small mails with a name, kept as `src/test/mails/NAME.eml` with LF line ends and given out with CRLF.
public final class Mails {
    private static final Path FOLDER = Path.of("src/test/mails");

    private Mails() {}

    /// The mail with that name, or one of `lines(N)`: a mail whose body has N numbered lines of 32 bytes.
    public static byte[] named(String name) {
        if (name.startsWith("lines(")) {
            return lines(Integer.parseInt(name.substring(6, name.length() - 1)));
        }
        try {
            return withCrlf(Files.readAllBytes(FOLDER.resolve(name + ".eml")));
        } catch (IOException e) {
            throw new UncheckedIOException("no mail named " + name, e);
        }
    }

    private static byte[] lines(int count) {
        StringBuilder mail = new StringBuilder("From: counter@example.org\r\nSubject: " + count + " lines\r\n\r\n");
        for (int i = 1; i <= count; i++) {
            String number = Integer.toString(i);
            mail.append("0".repeat(8 - number.length())).append(number).append(" is one numbered line.\r\n");
        }
        return mail.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] withCrlf(byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 64);
        for (byte b : text) {
            if (b == '\n') {
                out.write('\r');
            }
            out.write(b);
        }
        return out.toByteArray();
    }
}
