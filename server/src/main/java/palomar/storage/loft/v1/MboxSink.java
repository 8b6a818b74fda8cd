package palomar.storage.loft.v1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import palomar.mail.SystemFlags;
import palomar.storage.Mailbox;
import palomar.storage.MessageCursor;

/// One mailbox as mboxrd: LF line ends, each line of `>`s and `From ` gets one more `>`. One thread.
final class MboxSink implements Export.Sink {
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

    private final OutputStream out;
    private final Mailbox mailbox;
    private boolean first = true;

    // Of the line that is being copied.
    private boolean lineStart;
    private int quotes;
    private int matched;

    MboxSink(OutputStream out, Mailbox mailbox) {
        this.out = out;
        this.mailbox = mailbox;
    }

    @Override
    public void message(MessageCursor cursor) throws IOException {
        ascii("From MAILER-DAEMON " + ASCTIME.format(cursor.internalDate()) + "\n");
        if (first) {
            ascii("X-IMAPbase: " + mailbox.uidValidity() + " "
                    + (mailbox.status().uidNext() - 1) + "\n");
            first = false;
        }
        ascii("X-UID: " + cursor.uid() + "\n");
        int flags = cursor.systemFlags();
        ascii("Status: " + ((flags & SystemFlags.SEEN) != 0 ? "RO" : "O") + "\n");
        ascii("X-Status: " + letters(flags) + "\n");
        ascii("X-Keywords: " + String.join(" ", keywords(cursor)) + "\n");
        try (InputStream in = new BufferedInputStream(cursor.content().open(), 64 << 10)) {
            lines(in);
        }
        out.write('\n');
    }

    private static String letters(int flags) {
        StringBuilder letters = new StringBuilder();
        letters.append((flags & SystemFlags.ANSWERED) != 0 ? "A" : "");
        letters.append((flags & SystemFlags.FLAGGED) != 0 ? "F" : "");
        letters.append((flags & SystemFlags.DRAFT) != 0 ? "T" : "");
        return letters.append((flags & SystemFlags.DELETED) != 0 ? "D" : "").toString();
    }

    private List<String> keywords(MessageCursor cursor) {
        List<String> all = mailbox.keywords();
        long bits = cursor.keywordBits();
        return IntStream.range(0, all.size())
                .filter(bit -> (bits >>> bit & 1) != 0)
                .mapToObj(all::get)
                .toList();
    }

    /// Copies lines. What may have to be quoted (`>`s, then `From `) is held back until that is clear.
    private void lines(InputStream in) throws IOException {
        boolean afterReturn = false;
        lineStart = true;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (afterReturn && b != '\n') {
                release();
                out.write('\r');
            }
            afterReturn = b == '\r';
            if (!afterReturn) {
                take(b);
            }
        }
        release();
        if (!lineStart) {
            out.write('\n');
        }
    }

    private void take(int b) throws IOException {
        if (b == '\n') {
            release();
            out.write('\n');
            lineStart = true;
        } else if (lineStart && matched == 0 && b == '>') {
            quotes++;
        } else if (lineStart && b == FROM[matched]) {
            matched++;
            if (matched == FROM.length) {
                out.write('>');
                release();
            }
        } else {
            release();
            out.write(b);
            lineStart = false;
        }
    }

    private void release() throws IOException {
        for (int i = 0; i < quotes; i++) {
            out.write('>');
        }
        out.write(FROM, 0, matched);
        lineStart &= quotes + matched == 0;
        quotes = 0;
        matched = 0;
    }

    private void ascii(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
