package palomar.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import palomar.smtp.client.Webhook;

/// As much of HTTP/1.1 as a request takes whose answer is a status. RFC 9112 2, 3 and 4
final class WebRequest {
    /// Of an answer, interim ones with their fields included.
    private static final int MOST_READ = 16 * 1024;

    private static final int USUAL_PORT = 443;

    private WebRequest() {}

    static void write(OutputStream out, Webhook webhook, byte[] body) throws IOException {
        String path = webhook.target().getRawPath();
        String query = webhook.target().getRawQuery();
        String where = (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
        String port = webhook.port() == USUAL_PORT ? "" : ":" + webhook.port();
        String head = "POST " + where + " HTTP/1.1\r\n"
                + "Host: " + webhook.host() + port + "\r\n"
                + "User-Agent: Palomar\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Connection: close\r\n\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + body.length);
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(body);
        all.writeTo(out);
        out.flush();
    }

    /// The final status, 200 to 599.
    static int status(InputStream in) throws IOException {
        Lines lines = new Lines(in);
        while (true) {
            int status = parse(lines.next());
            if (status >= 200) {
                return status;
            }
            // An interim answer: its fields end with an empty line. RFC 9110 15.2
            String field = lines.next();
            while (!field.isEmpty()) {
                field = lines.next();
            }
        }
    }

    private static int parse(String line) throws IOException {
        boolean fits = line.length() >= 12
                && (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
                && (line.length() == 12 || line.charAt(12) == ' ');
        int status = 0;
        for (int i = 9; fits && i < 12; i++) {
            int digit = line.charAt(i) - '0';
            fits = digit >= 0 && digit <= 9;
            status = status * 10 + digit;
        }
        if (!fits || status < 100 || status > 599 || status == 101) {
            throw new IOException("the answer is not HTTP");
        }
        return status;
    }

    private static final class Lines {
        private final InputStream in;
        private int read;

        Lines(InputStream in) {
            this.in = in;
        }

        /// Without its end. One byte at a time: TLS has the record in memory, and it is a line or two.
        String next() throws IOException {
            StringBuilder line = new StringBuilder(64);
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("the connection ended before there was an answer");
                }
                if (++read > MOST_READ) {
                    throw new IOException("the answer is too long");
                }
                line.append((char) b);
            }
            int length = line.length();
            if (length > 0 && line.charAt(length - 1) == '\r') {
                line.setLength(length - 1);
            }
            return line.toString();
        }
    }
}
