package palomar.smtp.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import palomar.bytes.ByteSource;
import palomar.bytes.LineEnds;

/// A simple 8-bit message made fit for a relay without 8BITMIME. RFC 6152 3
///
/// Simple is: one text, not in parts, an ASCII header, no transfer encoding. Everything else would mean to take
/// apart what may be signed, and is refused.
final class SevenBit {
    private static final int MOST_HEADER = 256 * 1024;
    private static final byte[] CRLF = {'\r', '\n'};

    private final ByteSource source;
    private final byte[] header;
    private final int bodyFrom;
    private final boolean base64;

    private SevenBit(ByteSource source, byte[] header, int bodyFrom, boolean base64) {
        this.source = source;
        this.header = header;
        this.bodyFrom = bodyFrom;
        this.base64 = base64;
    }

    /// Empty when it is not simple.
    static Optional<SevenBit> of(OutgoingContent content) throws IOException {
        if (!content.facts().headerIsAscii()) {
            return Optional.empty();
        }
        byte[] top;
        try (InputStream in = content.source().open(0, MOST_HEADER)) {
            top = in.readAllBytes();
        }
        Rewrite rewrite = new Rewrite(top);
        // What each byte beyond ASCII costs decides: three bytes for one, or four for three.
        boolean base64 = content.facts().highBytes() > content.source().size() / 5;
        return rewrite.run(base64)
                ? Optional.of(new SevenBit(content.source(), rewrite.header(), rewrite.bodyFrom, base64))
                : Optional.empty();
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(header);
        try (InputStream body = source.open(bodyFrom, Long.MAX_VALUE)) {
            if (base64) {
                OutputStream lines = Base64.getMimeEncoder().wrap(new Unclosed(out));
                body.transferTo(lines);
                lines.close();
                out.write(CRLF);
                return;
            }
            QuotedPrintable quoted = new QuotedPrintable(out);
            body.transferTo(quoted);
            quoted.finish();
        }
    }

    private static final class Unclosed extends OutputStream {
        private final OutputStream out;

        Unclosed(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }
    }

    /// The header with another transfer encoding in it.
    private static final class Rewrite {
        private final byte[] top;
        private final ByteArrayOutputStream header = new ByteArrayOutputStream();
        private boolean typed;
        private boolean versioned;
        private boolean simple = true;
        private int bodyFrom;

        Rewrite(byte[] top) {
            this.top = top;
        }

        byte[] header() {
            return header.toByteArray();
        }

        /// False when the message is not simple.
        boolean run(boolean base64) {
            int at = 0;
            while (at < top.length && !isEmptyLine(at)) {
                int end = fieldEnd(at);
                if (keeps(at, end)) {
                    header.write(top, at, end - at);
                }
                at = end;
            }
            if (at == top.length || !simple) {
                return false;
            }
            add(versioned ? "" : "MIME-Version: 1.0\r\n");
            add(typed ? "" : "Content-Type: text/plain; charset=unknown-8bit\r\n");
            add("Content-Transfer-Encoding: " + (base64 ? "base64" : "quoted-printable") + "\r\n\r\n");
            bodyFrom = at + (top[at] == '\r' ? 2 : 1);
            return true;
        }

        private void add(String text) {
            header.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }

        private boolean isEmptyLine(int at) {
            return top[at] == '\n' || top[at] == '\r' && at + 1 < top.length && top[at + 1] == '\n';
        }

        private int fieldEnd(int from) {
            int at = from;
            do {
                at = Math.min(top.length, LineEnds.next(top, at, top.length) + 1);
            } while (at < top.length && (top[at] == ' ' || top[at] == '\t'));
            return at;
        }

        private boolean keeps(int from, int end) {
            String field = new String(top, from, end - from, StandardCharsets.ISO_8859_1);
            int colon = field.indexOf(':');
            String name = colon < 0 ? "" : field.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = field.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
            switch (name) {
                case "mime-version" -> versioned = true;
                case "content-type" -> {
                    simple &= !typed && value.startsWith("text/");
                    typed = true;
                }
                case "content-transfer-encoding" -> {
                    simple &= value.equals("8bit") || value.equals("7bit") || value.equals("binary");
                    return false;
                }
                default -> simple &= colon > 0;
            }
            return true;
        }
    }
}
